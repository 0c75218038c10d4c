import type { JoinVillage, NewRegister, RegionView, VillageProposal } from "../../ipc/bindings";

const IDLE_MINUTES_AT_FIRST = 10;

/** How a laptop without a register starts. */
export type Way = "new" | "join" | "restore";
export type PersonAnswer = { name: string; secret: string; again: string };

const nobody = (): PersonAnswer => ({ name: "", secret: "", again: "" });

class SetupAnswers {
  regency = $state.raw<RegionView | null>(null);
  district = $state.raw<RegionView | null>(null);
  village = $state.raw<RegionView | null>(null);
  proposal = $state.raw<VillageProposal | null>(null);
  headTitle = $state("");
  operators = $state<PersonAnswer[]>([nobody()]);
  headWhen = $state<"later" | "now">("later");
  head = $state<PersonAnswer>(nobody());
  enrolWhen = $state<"later" | "now">("later");
  enrolmentPath = $state<string | null>(null);
  #titleOfFile = false;

  addOperator() {
    this.operators.push(nobody());
  }

  register(): NewRegister {
    return { village: this.village?.code ?? "", ...this.#everybody(), enrolment: this.enrolWhen === "now" && this.enrolmentPath ? { path: this.enrolmentPath, text: null } : null };
  }

  /** The village is the one that the district's file names. */
  joining(): JoinVillage {
    return { ...this.#everybody(), enrolment: { path: this.enrolmentPath, text: null } };
  }

  #everybody() {
    return {
      headTitle: this.headTitle.trim(),
      operators: this.operators.map(({ name, secret }) => ({ name: name.trim(), secret })),
      head: this.headWhen === "now" ? { name: this.head.name.trim(), secret: this.head.secret } : null,
      idleMinutes: IDLE_MINUTES_AT_FIRST,
    };
  }

  /** The file was read and is for a village whose head is usually called so. */
  join(path: string, headTitle: string) {
    this.enrolmentPath = path;
    this.headTitle = headTitle;
    this.#titleOfFile = true;
  }

  /** Another way has another file; a title that only came with it goes too. */
  forgetFile() {
    this.enrolmentPath = null;
    if (this.#titleOfFile) this.headTitle = this.proposal?.headTitles[0] ?? "";
    this.#titleOfFile = false;
  }

  forgetSecrets() {
    this.operators = [nobody()];
    this.head = nobody();
  }
}

export type { SetupAnswers };

export function setupAnswers() {
  return new SetupAnswers();
}
