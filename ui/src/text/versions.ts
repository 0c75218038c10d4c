import { number } from "./format";
import type { Words } from "./words";

/** One person, written differently on two laptops. */
export const versions = {
  badge: "ada dua isian",
  noticeTitle: "Ada dua isian untuk orang ini",
  noticeBody: "Dua laptop mengubah orang ini tanpa saling tahu. Keduanya tersimpan. Sampai Anda memilih, yang tampak ialah isian bersama yang terakhir; isian itu belum dapat diubah, dimuat dalam surat, atau ditandatangani.",
  go: "Bandingkan dan pilih",
  pageTitle: "Dua isian",
  title: (name: string) => `Dua isian: ${name}`,
  titleMany: (count: number, name: string) => `${number(count)} isian: ${name}`,
  body: "Pilih isian yang benar, satu per satu. Bila ragu, lihat KTP atau tanyakan kepada orangnya. Isian yang tidak dipilih tetap tersimpan dalam riwayat.",
  backToPerson: "Kembali ke orang ini",
  by: (who: string, when: string) => `${who}, ${when}`,
  differing: (count: number) => `${number(count)} isian berbeda`,
  chosenOf: (chosen: number, all: number) => `${number(chosen)} dari ${number(all)} sudah dipilih`,
  result: "Yang dipakai",
  notYet: "belum dipilih",
  before: (value: string) => `sebelumnya: ${value}`,
  unchanged: "tidak diubah",
  takeAll: (side: string) => `Pilih semua dari ${side}`,
  clear: "Kosongkan pilihan",
  same: (count: number) => `${number(count)} isian yang sama`,
  sameValue: "Keduanya sama isinya. Simpan untuk menyatukannya.",
  save: "Simpan pilihan",
  saveNeeds: (left: number) => `Pilih dahulu ${number(left)} isian lagi`,
  saved: "Pilihan tersimpan. Orang ini kembali punya satu isian.",
  changedTitle: "Isiannya baru saja berubah",
  changedBody: "Isian baru datang dari laptop lain. Belum ada yang disimpan; periksa lagi pilihan Anda.",
  notNeeded: "Orang ini sudah punya satu isian. Tidak ada yang perlu dipilih.",
  judged: "Dengan pilihan ini",
} satisfies Words;
