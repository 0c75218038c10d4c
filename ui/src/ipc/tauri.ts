// The program itself, through the generated bindings.
import { commands, events } from "./bindings";
import { HostError, type EventName, type Host } from "./host";

type Outcome = { status: "ok"; data: unknown } | { status: "error"; error: ConstructorParameters<typeof HostError>[0] };

export function tauriHost(): Host {
  const host: Record<string, unknown> = {};
  for (const [name, command] of Object.entries(commands)) {
    host[name] = async (...args: unknown[]) => {
      const outcome = await (command as (...given: unknown[]) => Promise<Outcome>)(...args);
      if (outcome.status === "error") throw new HostError(outcome.error);
      return outcome.data;
    };
  }
  host["hear"] = (event: EventName, take: (payload: unknown) => void) => {
    let stopped = false;
    let stop: (() => void) | null = null;
    const listening = (events[event] as { listen: (f: (e: { payload: unknown }) => void) => Promise<() => void> }).listen(
      (message) => {
        if (!stopped) take(message.payload);
      },
    );
    void listening.then((unlisten) => {
      if (stopped) unlisten();
      else stop = unlisten;
    });
    return () => {
      stopped = true;
      stop?.();
    };
  };
  return host as unknown as Host;
}
