import { number } from "./format";
import type { Words } from "./words";

export const print = {
  choose: (letters: string) => `Cetak ${letters}`,
  letters: (count: number) => `${number(count)} surat`,
  what: "Yang dicetak",
  kinds: {
    wet_original: "Asli, untuk tanda tangan basah dan meterai",
    copy: "SALINAN",
    as_signed: "Seperti ditandatangani di layar",
  },
  preview: "Pratinjau, belum ditandatangani",
  hints: {
    wet_original: "Tanpa gambar tanda tangan. Cetak sekali saja.",
    copy: "Setiap halaman bertanda SALINAN. Tidak perlu meterai.",
    as_signed: "Halaman yang dibaca dan ditandatangani kepala.",
  },
  unavailable: "belum dapat untuk surat yang dipilih",
  secondOriginal: (count: number) => `Asli sudah pernah dicetak (${number(count)} surat). Setiap lembar asli terutang meterai lagi. Untuk arsip, pilih SALINAN.`,
  do: "Cetak",
  opening: (at: number, of: number) => `Membuka surat ${number(at)} dari ${number(of)}`,
  drawing: (page: number, pages: number) => `Menyiapkan halaman ${number(page)} dari ${number(pages)}`,
  choosing: "Jendela cetak terbuka. Pilih pencetaknya di sana.",
  sent: (pages: number) => `${number(pages)} halaman sudah dikirim ke pencetak.`,
  opened: (pages: number) => `${number(pages)} halaman sudah dikirim ke jendela cetak.`,
  cameOut: "Apakah kertasnya sudah keluar dari pencetak?",
  out: "Sudah tercetak",
  notOut: "Tidak jadi",
  again: "Cetak lagi",
  done: "Selesai",
  tooMany: (most: number) => `Terlalu banyak halaman untuk sekali cetak, paling banyak ${number(most)}. Pilih lebih sedikit surat, atau simpan PDF lalu cetak dari penampil PDF.`,
} satisfies Words;

export const book = {
  title: "Buku surat dan meterai",
  body: "Daftar surat dan meterainya untuk pemeriksa: nomor, tanggal, orang, keadaan, nomor seri, biaya, letak asli.",
  from: "Dari tanggal",
  to: "Sampai tanggal",
  wrong: "Tanggal awal sesudah tanggal akhir.",
} satisfies Words;

export const publicList = {
  open: "Daftar musyawarah",
  title: "Daftar musyawarah",
  body: "Untuk ditempel atau dibacakan: nama, dusun, dan NIK yang disamarkan, misalnya 330512******0001. Tanpa tanggal lahir dan tanpa keterangan disabilitas.",
  whom: "Siapa yang dimuat",
  everybody: "Semua yang diusulkan",
  letters: (count: number) => `Orang dalam ${number(count)} surat yang dipilih`,
} satisfies Words;

export const verify = {
  title: "Periksa surat",
  body: "Pilih PDF apa pun, atau jatuhkan ke jendela Payung. Foto lembar surat juga dapat dibaca kodenya. Berkasnya tidak berubah dan tidak disimpan.",
  drop: "Jatuhkan PDF atau foto di sini, atau",
  pick: "Pilih berkas",
  reading: "Membaca berkas…",
  onlyFirst: (name: string) => `Beberapa berkas dijatuhkan. Yang dibaca: ${name}.`,
  letterIn: "Surat di dalam berkas",
  number: "Nomor",
  date: "Tanggal",
  village: "Desa",
  people: "Orang",
  signer: "Penanda tangan",
  code: "Kode isi",
  unknown: "tidak terbaca",
  codeFits: "cocok dengan isi halaman",
  codeFitsNot: "tidak cocok dengan isi halaman",
  known: "Surat ini tercatat di laptop ini",
  listed: "Nama di dalam surat",
  knownNot: "Surat ini tidak tercatat di laptop ini.",
  signatures: "Tanda tangan di dalam berkas",
  stamp: "Meterai",
  stampNone: "Tidak ada tanda meterai yang terlihat di dalam berkas.",
  whole: "seluruh dokumen tercakup",
  wholeNot: "ada tambahan sesudahnya",
  intact: "isi tidak berubah",
  broken: "isi berubah atau tanda tangan rusak",
  claimed: (when: string) => `mengaku ditandatangani ${when}`,
  stamped: (when: string) => `cap waktu ${when}`,
  issuer: (name: string) => `Penerbit: ${name}`,
  caution: "Payung menyebut apa yang terbaca di dalam berkas. Keabsahan meterai dan jabatan penanda tangan tetap diperiksa manusia.",
} satisfies Words;
