// Pages and their addresses. An address names a page and a local number, never a person.

export type Route =
  | { screen: "beranda" }
  | { screen: "calon" }
  | { screen: "penduduk" }
  | { screen: "formulir" }
  | { screen: "daftar_cetak" }
  | { screen: "orang"; id: number }
  | { screen: "orang_baru" }
  | { screen: "dua_isian"; id: number }
  | { screen: "daftar_umum" }
  | { screen: "pernyataan" }
  | { screen: "pernyataan_baru" }
  | { screen: "surat"; id: number }
  | { screen: "ubah_surat"; id: number }
  | { screen: "buku_surat" }
  | { screen: "periksa" }
  | { screen: "sinkronisasi" }
  | { screen: "impor" }
  | { screen: "pengaturan" };

/** Reads `#/calon/12`. Anything unknown is the first page. */
export function readRoute(hash: string): Route {
  const [screen = "", rest = "", more = ""] = hash.replace(/^#\/?/, "").split("/");
  const id = /^\d+$/.test(rest) ? Number(rest) : null;
  switch (screen) {
    case "calon":
      if (rest === "daftar") return { screen: "daftar_umum" };
      if (rest === "baru") return { screen: "orang_baru" };
      if (rest === "penduduk") return { screen: "penduduk" };
      if (rest === "formulir") return { screen: "formulir" };
      if (rest === "cetak") return { screen: "daftar_cetak" };
      if (id === null) return { screen: "calon" };
      return more === "dua" ? { screen: "dua_isian", id } : { screen: "orang", id };
    case "pernyataan":
      if (rest === "baru") return { screen: "pernyataan_baru" };
      if (rest === "buku") return { screen: "buku_surat" };
      if (rest === "periksa") return { screen: "periksa" };
      if (id === null) return { screen: "pernyataan" };
      return more === "ubah" ? { screen: "ubah_surat", id } : { screen: "surat", id };
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
    case "orang_baru":
      return "#/calon/baru";
    case "dua_isian":
      return `#/calon/${route.id}/dua`;
    case "daftar_umum":
      return "#/calon/daftar";
    case "penduduk":
      return "#/calon/penduduk";
    case "formulir":
      return "#/calon/formulir";
    case "daftar_cetak":
      return "#/calon/cetak";
    case "pernyataan_baru":
      return "#/pernyataan/baru";
    case "surat":
      return `#/pernyataan/${route.id}`;
    case "ubah_surat":
      return `#/pernyataan/${route.id}/ubah`;
    case "buku_surat":
      return "#/pernyataan/buku";
    case "periksa":
      return "#/pernyataan/periksa";
    default:
      return `#/${route.screen}`;
  }
}
