import type { Host } from "./host";
export function fixtureHost(_: URLSearchParams): Host { throw new Error("not yet"); }
