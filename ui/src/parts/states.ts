// Mark and colour of each state; the words come from the program. Amber waits for somebody here, green was answered by
// the district, red was refused.
import type { Component } from "svelte";
import Ban from "@lucide/svelte/icons/ban";
import CheckCheck from "@lucide/svelte/icons/check-check";
import CircleCheck from "@lucide/svelte/icons/circle-check";
import CircleX from "@lucide/svelte/icons/circle-x";
import CloudDownload from "@lucide/svelte/icons/cloud-download";
import Clock from "@lucide/svelte/icons/clock";
import FilePlus from "@lucide/svelte/icons/file-plus";
import Flag from "@lucide/svelte/icons/flag";
import House from "@lucide/svelte/icons/house";
import Replace from "@lucide/svelte/icons/replace";
import PenLine from "@lucide/svelte/icons/pen-line";
import Pencil from "@lucide/svelte/icons/pencil";
import Stamp from "@lucide/svelte/icons/stamp";
import Users from "@lucide/svelte/icons/users";
import Wrench from "@lucide/svelte/icons/wrench";
import type { DeliveryKey, PhotoState, StateKey, StatementStatus } from "../ipc/bindings";

type Icon = Component<{ size?: number | string; "aria-hidden"?: "true" }>;
export type Tone = "plain" | "act" | "wait" | "refused" | "good" | "muted";
export type Mark = { tone: Tone; icon: Icon };

export const STATE_MARKS: Record<StateKey, Mark> = {
  draft: { tone: "plain", icon: Pencil },
  ready_for_statement: { tone: "wait", icon: FilePlus },
  awaiting_signature: { tone: "wait", icon: PenLine },
  awaiting_stamp: { tone: "wait", icon: Stamp },
  not_sent: { tone: "plain", icon: Clock },
  arrived: { tone: "good", icon: CheckCheck },
  needs_fix: { tone: "wait", icon: Wrench },
  duplicate_nik: { tone: "wait", icon: Users },
  passed: { tone: "good", icon: CircleCheck },
  not_eligible: { tone: "refused", icon: CircleX },
  ended: { tone: "muted", icon: Flag },
  cancelled: { tone: "muted", icon: Ban },
};

export const DELIVERY_MARKS: Record<DeliveryKey, Mark> = {
  local: { tone: "muted", icon: House },
  not_sent: { tone: "plain", icon: Clock },
  arrived: { tone: "good", icon: CheckCheck },
};

export const STATEMENT_MARKS: Record<StatementStatus, Mark> = {
  awaiting_signature: { tone: "wait", icon: PenLine },
  awaiting_stamp: { tone: "wait", icon: Stamp },
  draft: { tone: "muted", icon: Pencil },
  complete: { tone: "act", icon: CircleCheck },
  replaced: { tone: "muted", icon: Replace },
  withdrawn: { tone: "muted", icon: Ban },
};

export const PHOTO_MARKS: Record<PhotoState, Mark> = {
  local: { tone: "muted", icon: House },
  waiting: { tone: "plain", icon: Clock },
  kept: { tone: "good", icon: CheckCheck },
  refused: { tone: "refused", icon: CircleX },
  missing: { tone: "plain", icon: CloudDownload },
};
