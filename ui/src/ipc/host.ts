// The one seam: what the window may ask of the program, whoever answers. Types come from the generated bindings, so a
// command that changes in Rust stops this from compiling.
import type { CommandError, commands, events } from "./bindings";

type Commands = typeof commands;
type Events = typeof events;
type Answer<R> = R extends { status: "ok"; data: infer T } ? T : never;
type Payload<E> = E extends { listen: (take: (event: infer M) => void) => unknown }
  ? M extends { payload: infer P }
    ? P
    : never
  : never;

/** Every command, answering with its value or failing with a `HostError`. */
export type Host = {
  [K in keyof Commands]: (...args: Parameters<Commands[K]>) => Promise<Answer<Awaited<ReturnType<Commands[K]>>>>;
} & {
  /** Hears an event until the returned function is called. */
  hear<K extends keyof Events>(event: K, take: (payload: Payload<Events[K]>) => void): () => void;
};

export type EventName = keyof Events;
export type EventPayload<K extends EventName> = Payload<Events[K]>;

let closed: () => void = () => undefined;

/** Called when an answer says that the register, or the head's room, is no longer open. */
export function whenClosed(act: () => void) {
  closed = act;
}

/** A refusal in the clerk's words. */
export class HostError extends Error {
  constructor(readonly refusal: CommandError) {
    super(refusal.message);
    this.name = "HostError";
    if (refusal.code === "locked" || refusal.code === "head_room_closed") closed();
  }

  get code() {
    return this.refusal.code;
  }

  /** The message about one field, when the refusal names it. */
  about(field: string): string | undefined {
    return this.refusal.fields.find((problem) => problem.field === field)?.message;
  }
}

let current: Host | null = null;

export function useHost(host: Host) {
  current = host;
}

/** The program behind the window. */
export function host(): Host {
  if (!current) throw new Error("the window started without its program");
  return current;
}
