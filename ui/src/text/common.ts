import { number } from "./format";
import type { Words } from "./words";

export const parts = {
  loading: "Sedang dibaca…",
  failed: "Belum dapat ditampilkan",
  again: "Coba lagi",
  close: "Tutup",
  cancel: "Batal",
  back: "Kembali",
  next: "Lanjut",
  save: "Simpan",
  saving: "Menyimpan…",
  show: "Tampilkan",
  hide: "Sembunyikan",
  copied: "Tersalin",
  unknownError: "Ada yang tidak berjalan. Data yang sudah tersimpan tetap aman. Coba sekali lagi; bila berulang, tutup lalu buka Payung.",
  errorSummary: "Yang perlu diperbaiki",
  people: (count: number) => `${number(count)} orang`,
  historyNone: "Belum ada riwayat.",
  yearCutShort: "Tahunnya dua angka, dapat berarti dua abad. Tulis empat angka, misalnya 17-08-1975.",
  notADate: "Bukan tanggal yang ada. Tulis hari, bulan, tahun, misalnya 17-08-1975.",
} satisfies Words;

export const link = {
  unknown: "Keadaan sambungan sedang dibaca",
  notEnrolled: (waiting: number) => (waiting > 0 ? `Belum terhubung ke kabupaten, ${number(waiting)} menunggu` : "Belum terhubung ke kabupaten"),
  offline: (waiting: number) => (waiting > 0 ? `Tanpa internet, ${number(waiting)} menunggu` : "Tanpa internet"),
  syncing: "Sedang mengirim",
  failed: (waiting: number) => (waiting > 0 ? `Belum terkirim, ${number(waiting)} menunggu` : "Pengiriman terakhir belum berhasil"),
  waiting: (waiting: number) => `${number(waiting)} menunggu dikirim`,
  nothingWaits: "Tidak ada yang menunggu dikirim",
  open: (words: string) => `${words}. Buka Sinkronisasi`,
} satisfies Words;

export const frame = {
  product: "Payung",
  skip: "Langsung ke isi halaman",
  pages: "Halaman",
  home: "Beranda",
  people: "Calon penerima",
  statements: "Pernyataan",
  sync: "Sinkronisasi",
  import: "Impor",
  settings: "Pengaturan",
  search: "Cari calon penerima",
  searchPlaceholder: "Cari nama, NIK, KK, dusun",
  searchKey: "Ctrl K",
  lock: "Kunci",
  lockHint: "Kunci sekarang (Ctrl L)",
  draft: "RANCANGAN - belum berlaku",
} satisfies Words;

export const home = {
  title: "Beranda",
  counters: "Yang menunggu",
  whole: (total: number) => `Seluruh calon penerima: ${number(total)} orang`,
  turning: "Berusia 65 tahun dalam 90 hari",
  turningWhy: "BPJS menerima peserta baru hanya sebelum ulang tahun ke-65. Dahulukan mereka.",
  turningNone: "Tidak ada yang berusia 65 tahun dalam 90 hari ini.",
  turningIn: (days: number) => (days === 0 ? "hari ini" : days === 1 ? "besok" : `${days} hari lagi`),
  lastSync: "Sinkronisasi terakhir",
  never: "Belum pernah",
  openSync: "Buka Sinkronisasi",
  empty: "Belum ada calon penerima",
  emptyHow: "Mulai dengan satu orang, atau ambil dari daftar yang sudah ada.",
  newPerson: "Calon penerima baru",
  importInstead: "Impor dari Excel",
} satisfies Words;
