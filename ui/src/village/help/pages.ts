import type { HelpKey } from "../../text/help";
import type { Route } from "../../state/route";

const PAGES: Record<Route["screen"], HelpKey> = {
  beranda: "beranda",
  calon: "calon",
  penduduk: "penduduk",
  formulir: "kertas",
  daftar_cetak: "kertas",
  orang: "orang",
  orang_baru: "orang",
  dua_isian: "dua_isian",
  daftar_umum: "kertas",
  pernyataan: "surat",
  pernyataan_baru: "surat",
  surat: "surat",
  ubah_surat: "surat",
  buku_surat: "kertas",
  periksa: "periksa",
  sinkronisasi: "sinkronisasi",
  impor: "impor",
  pengaturan: "pengaturan",
};

/** Which help belongs to an open page. */
export function helpFor(route: Route): HelpKey {
  return PAGES[route.screen];
}
