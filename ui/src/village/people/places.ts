// Pages and things to do that Ctrl+K finds, by the words people use for them.
import type { Component } from "svelte";
import BookOpen from "@lucide/svelte/icons/book-open";
import CloudUpload from "@lucide/svelte/icons/cloud-upload";
import FileDown from "@lucide/svelte/icons/file-down";
import FilePlus from "@lucide/svelte/icons/file-plus";
import FileSearch from "@lucide/svelte/icons/file-search";
import FileSpreadsheet from "@lucide/svelte/icons/file-spreadsheet";
import FileText from "@lucide/svelte/icons/file-text";
import House from "@lucide/svelte/icons/house";
import Import from "@lucide/svelte/icons/import";
import List from "@lucide/svelte/icons/list";
import Lock from "@lucide/svelte/icons/lock";
import Printer from "@lucide/svelte/icons/printer";
import Settings from "@lucide/svelte/icons/settings";
import UserPlus from "@lucide/svelte/icons/user-plus";
import Users from "@lucide/svelte/icons/users";
import { app } from "../../state/app.svelte";
import { asked } from "../../state/asked.svelte";
import { chosenLetters } from "../../state/letters.svelte";
import type { Route } from "../../state/route";
import { text } from "../../text";
import { newPerson } from "./new";

type Icon = Component<{ size?: number | string; "aria-hidden"?: "true" }>;
export type Place = {
  key: string;
  words: string;
  icon: Icon;
  /** What else people call it. */
  also: string;
  /** Shown before anything is typed. */
  first: boolean;
  go: () => void;
};

const to = (route: Route) => () => app.go(route);

export function places(): Place[] {
  const words = text.quick;
  const place = (key: string, said: string, icon: Icon, also: string, go: () => void, first = false): Place => ({ key, words: said, icon, also, first, go });
  return [
    place("orang-baru", words.newPerson, UserPlus, "tambah warga daftar", () => void newPerson(), true),
    place("impor", words.import, Import, "xlsx csv zip siak penduduk unggah berkas ambil data", to({ screen: "impor" }), true),
    place("buat-surat", words.newLetter, FileText, "surat pernyataan pengantar", to({ screen: "pernyataan_baru" }), true),
    place("sinkronisasi", words.sync, CloudUpload, "sinkronkan kirim kabupaten internet", to({ screen: "sinkronisasi" }), true),
    place("beranda", words.home, House, "depan awal", to({ screen: "beranda" })),
    place("calon", words.list, Users, "warga orang daftar", to({ screen: "calon" })),
    place("penduduk", text.population.title, Users, "warga opensid kk", to({ screen: "penduduk" })),
    place("pernyataan", words.letters, FileText, "surat kepala", to({ screen: "pernyataan" })),
    place("periksa", words.verify, FileSearch, "pdf tanda tangan cek", to({ screen: "periksa" })),
    place("buku", words.book, BookOpen, "agenda register", to({ screen: "buku_surat" })),
    place("formulir", words.form, FilePlus, "blangko kosong kepala dusun pendataan", to({ screen: "formulir" })),
    place("cetak-daftar", words.printList, Printer, "print kertas", to({ screen: "daftar_cetak" })),
    place("daftar-musyawarah", words.publicList, List, "umum tempel musdes", () => {
      chosenLetters.picked.clear();
      app.go({ screen: "daftar_umum" });
    }),
    place("ekspor", words.export, FileSpreadsheet, "unduh simpan xlsx", () => {
      asked.for("ekspor");
      app.go({ screen: "calon" });
    }),
    place("ekspor-program", words.programme, FileDown, "bantuan bansos unduh", () => {
      asked.for("ekspor-program");
      app.go({ screen: "calon" });
    }),
    place("flashdisk", words.stick, CloudUpload, "usb kiriman jawaban backup", to({ screen: "sinkronisasi" })),
    place("pengaturan", words.settings, Settings, "tema gelap huruf sandi kop", to({ screen: "pengaturan" })),
    place("kunci", words.lock, Lock, "keluar tutup", () => void app.lock()),
  ];
}

/** Every typed word begins a word of the place. Nothing typed: the usual ones. */
export function matching(all: readonly Place[], query: string, most: number): Place[] {
  const typed = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (typed.length === 0) return all.filter((place) => place.first);
  const begins = (text: string) => (word: string) => text.toLowerCase().split(/[\s,]+/).some((part) => part.startsWith(word));
  const rank = (place: Place) => (typed.every(begins(place.words)) ? 0 : typed.every(begins(`${place.words} ${place.also}`)) ? 1 : 2);
  return all
    .map((place, index) => ({ place, index, rank: rank(place) }))
    .filter((one) => one.rank < 2)
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .slice(0, most)
    .map((one) => one.place);
}
