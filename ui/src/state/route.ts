// Pages and their addresses. An address names a page and a local number, never a person.

export type Route =
  | { screen: "beranda" }
  | { screen: "calon" }
  | { screen: "orang"; id: number }
  | { screen: "pernyataan" }
  | { screen: "pernyataan_baru" }
  | { screen: "surat"; id: number }
  | { screen: "sinkronisasi" }
  | { screen: "impor" }
  | { screen: "pengaturan" };

/** Reads `#/calon/12`. Anything unknown is the first page. */
export function readRoute(hash: string): Route {
  const [screen = "", rest = ""] = hash.replace(/^#\/?/, "").split("/");
  const id = /^\d+$/.test(rest) ? Number(rest) : null;
  switch (screen) {
    case "calon":
      return id === null ? { screen: "calon" } : { screen: "orang", id };
    case "pernyataan":
      if (rest === "baru") return { screen: "pernyataan_baru" };
      return id === null ? { screen: "pernyataan" } : { screen: "surat", id };
    case "sinkronisasi":
    case "impor":
    case "pengaturan":
      return { screen };
    default:
      return { screen: "beranda" };
  }
}

export function hashOf(route: Route): string {
  switch (route.screen) {
    case "orang":
      return `#/calon/${route.id}`;
    case "pernyataan_baru":
      return "#/pernyataan/baru";
    case "surat":
      return `#/pernyataan/${route.id}`;
    default:
      return `#/${route.screen}`;
  }
}
