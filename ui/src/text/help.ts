// What each page is for, in the clerk's words: short enough to be read while somebody waits at the desk.
import type { Words } from "./words";

export type HelpKey = "beranda" | "calon" | "penduduk" | "orang" | "dua_isian" | "surat" | "kertas" | "periksa" | "sinkronisasi" | "impor" | "pengaturan";
export type HelpPage = { title: string; purpose: string; steps: readonly string[]; keys: readonly (readonly [string, string])[]; questions: readonly (readonly [string, string])[] };

const EVERYWHERE = [
  ["Ctrl+K", "cari orang, halaman, atau tindakan"],
  ["Alt+1 sampai Alt+6", "pindah halaman"],
  ["Ctrl+L", "kunci sekarang"],
  ["F1", "bantuan ini"],
] as const;

const pages: Record<HelpKey, HelpPage> = {
  beranda: {
    title: "Beranda",
    purpose: "Halaman ini menjawab: apa yang menunggu hari ini, dan siapa yang harus bertindak.",
    steps: [
      "Lihat kotak Anda: dari sana setiap angka membuka daftarnya.",
      "Yang menunggu tanda tangan diserahkan kepada kepala lewat halaman Pernyataan.",
      "Dahulukan orang yang hampir 65 tahun: sesudah ulang tahun itu BPJS tidak menerima peserta baru.",
      "Desil yang terlalu lama diperiksa lagi di DTSEN, lalu diketik ulang.",
    ],
    keys: [],
    questions: [
      ["Angkanya tidak berubah?", "Angka mengikuti isian di laptop ini. Jawaban kabupaten datang sesudah sinkronisasi."],
      ["Perlu internet?", "Tidak. Semua pekerjaan di sini berjalan tanpa internet; pengiriman menyusul sendiri."],
    ],
  },
  calon: {
    title: "Calon penerima",
    purpose: "Semua orang yang diusulkan desa, dengan keadaannya masing-masing.",
    steps: [
      "Ketik sebagian nama, NIK, nomor KK, atau dusun. Urutan dan ejaan lama tidak menjadi soal.",
      "Pilih pandangan atau saringan untuk melihat sebagian saja.",
      "Enter membuka orangnya. N membuka halaman kosong untuk orang baru.",
      "Lewat Cetak dan ekspor: formulir kosong untuk kepala dusun, daftar, dan berkas Excel.",
    ],
    keys: [["/", "ke kotak cari"], ["Panah atas, bawah", "memilih baris"], ["Enter", "membuka orang"], ["N", "orang baru"]],
    questions: [
      ["Orangnya tidak ditemukan?", "Hapus saringan dahulu. Bila tetap tidak ada, lihat tab Penduduk, atau tekan N."],
      ["Tertulis mungkin orang yang sama?", "Buka orangnya dan bandingkan. Anda yang memutuskan; alasannya tersimpan."],
    ],
  },
  penduduk: {
    title: "Penduduk",
    purpose: "Data penduduk yang diimpor, untuk diambil menjadi calon penerima. Tidak pernah keluar dari laptop desa.",
    steps: ["Cari atau saring menurut umur, pekerjaan, dan dusun.", "Tandai satu orang atau lebih.", "Tekan Ambil sebagai calon penerima; isiannya terisi sendiri.", "Buka orangnya, periksa, dan lengkapi."],
    keys: [["Spasi", "menandai baris"], ["Shift+panah", "menandai beberapa baris"], ["Enter", "membuka yang sudah menjadi calon penerima"]],
    questions: [["Daftarnya kosong?", "Impor dahulu data penduduk dari OpenSID atau Dukcapil di halaman Impor."]],
  },
  orang: {
    title: "Satu calon penerima",
    purpose: "Isian satu orang. Di sebelahnya Pemeriksaan syarat menjawab selagi Anda mengetik.",
    steps: [
      "Mulai dari NIK. Tanggal lahir dan jenis kelamin terisi dari NIK bila masih kosong; cocokkan dengan KTP.",
      "Enter pindah ke isian berikutnya. Pada pilihan, ketik huruf pertamanya: Y untuk Ya, T untuk Tidak.",
      "Tanggal boleh ditulis 17081975 atau 17/8/1975. Tahun selalu empat angka.",
      "\"Seperti tadi\" di bawah isian menyalin alamat atau pekerjaan orang sebelumnya.",
      "Tekan Tandai siap bila sudah benar. Sesudah itu lanjut ke anggota KK berikutnya.",
    ],
    keys: [
      ["Enter", "isian berikutnya"],
      ["Shift+Enter", "isian sebelumnya"],
      ["Alt+T", "seperti tadi"],
      ["Ctrl+Z", "urungkan perubahan terakhir"],
      ["Ctrl+S", "simpan sekarang"],
      ["Ctrl+Enter", "tandai siap"],
    ],
    questions: [
      ["Perlu menyimpan?", "Tidak. Setiap isian tersimpan sendiri. Bila listrik padam, paling banyak sepertiga detik ketikan yang hilang."],
      ["NIK sama dengan orang lain?", "Bandingkan keduanya. Bila orangnya sama, teruskan yang sudah ada; bila berbeda, cocokkan NIK dengan KTP."],
      ["KTP hilang atau belum rekam?", "Simpan sebagai draf dan tulis di catatan. Jangan mengarang nomor."],
      ["Sudah terkirim lalu berubah?", "Ketik perubahannya, lalu Simpan sebagai perbaikan. Yang lama tetap ada dalam riwayat."],
    ],
  },
  dua_isian: {
    title: "Ada dua isian",
    purpose: "Dua laptop mengubah orang yang sama. Tidak ada yang hilang; Anda memilih mana yang benar.",
    steps: ["Baca isian yang berbeda satu per satu, dengan nama penulis dan waktunya.", "Cocokkan dengan KTP atau tanyakan kepada orangnya.", "Pilih tiap isian, lalu Simpan pilihan."],
    keys: [["Panah kiri, kanan", "memilih isian"]],
    questions: [["Salah pilih?", "Yang tidak dipilih tetap ada dalam riwayat. Perbaiki lewat halaman orangnya."]],
  },
  surat: {
    title: "Pernyataan",
    purpose: "Surat pernyataan: dibuat operator, dibaca dan ditandatangani kepala, diberi meterai.",
    steps: [
      "Buat surat: pilih orang yang siap. Satu surat untuk semua hanya perlu satu meterai.",
      "Panggil kepala. Ia membaca, mencoret bila perlu, dan menandatangani dengan rahasianya sendiri.",
      "Cetak asli satu kali, tempel meterai, tanda tangan basah, foto semua halamannya.",
      "Catat meterai dengan nomor serinya.",
    ],
    keys: [],
    questions: [
      ["Surat sudah ditandatangani tetapi keliru?", "Surat tidak berubah lagi. Kepala mencabutnya dengan alasan, lalu dibuat surat baru."],
      ["Seseorang dalam surat meninggal?", "Tandai di halaman orangnya. Orang lain dalam surat itu tetap tercakup."],
      ["Meterai ditolak kabupaten?", "Alasannya tertulis pada surat; biasanya nomor serinya sudah dipakai surat lain."],
    ],
  },
  kertas: {
    title: "Kertas",
    purpose: "Halaman yang tampak di sini sama dengan yang akan tercetak.",
    steps: ["Pilih apa yang dicetak.", "Periksa halamannya.", "Cetak, atau simpan sebagai PDF."],
    keys: [],
    questions: [["Pencetak tidak jalan?", "Simpan sebagai PDF, lalu cetak dari laptop lain."]],
  },
  periksa: {
    title: "Periksa surat",
    purpose: "Melihat siapa yang menandatangani sebuah PDF dan apakah isinya berubah.",
    steps: ["Pilih berkas, atau jatuhkan ke jendela ini.", "Baca hasilnya: tanda tangan, halaman, dan surat mana.", "Payung tidak menyatakan surat itu sah; itu wewenang manusia."],
    keys: [],
    questions: [["Berkasnya hasil foto?", "Kode pada lembarnya hanya mengatakan milik surat mana, bukan apakah sudah ditandatangani."]],
  },
  sinkronisasi: {
    title: "Sinkronisasi",
    purpose: "Mengirim ke kabupaten dan menerima jawabannya, lewat internet atau flashdisk.",
    steps: ["Payung mengirim sendiri begitu ada internet. Tombol Sinkronkan hanya bila tidak ingin menunggu.", "Tanpa internet: simpan kiriman ke flashdisk, bawa ke kabupaten, masukkan jawabannya.", "Buat cadangan sedikitnya sebulan sekali."],
    keys: [],
    questions: [
      ["Putus di tengah jalan?", "Tidak ada yang rusak dan tidak ada yang terkirim dua kali. Sisanya dilanjutkan."],
      ["Kapan disebut sudah sampai?", "Baru sesudah ada tanda terima dari kabupaten."],
      ["Kabupaten bertanya lewat telepon?", "Tekan gambar telepon pada riwayat dan bacakan dari atas."],
    ],
  },
  impor: {
    title: "Impor",
    purpose: "Mengambil orang dari berkas Excel atau CSV: data OpenSID, Dukcapil, atau contoh Payung.",
    steps: ["Pilih berkasnya. Payung mengenali jenisnya sendiri.", "Pilih: sebagai penduduk (untuk dipilih nanti) atau langsung calon penerima.", "Periksa yang baru, berubah, sama, dan ditolak sebelum diambil.", "Yang ditolak: simpan berkas perbaikan, isi, lalu impor lagi."],
    keys: [],
    questions: [
      ["Salah impor?", "Batalkan dari riwayat impor. Yang sudah ditandatangani atau terkirim tetap, dan disebut namanya."],
      ["NIK menjadi 3,30512E+15?", "Angkanya sudah dirusak Excel sebelum sampai di sini. Ambil ulang dari sumbernya sebagai teks."],
    ],
  },
  pengaturan: {
    title: "Pengaturan",
    purpose: "Tampilan, kop surat, nomor surat, dan siapa yang memakai laptop ini.",
    steps: ["Pilih tema dan ukuran huruf yang nyaman.", "Isi kop surat dan pola nomor; contohnya tampak di bawahnya.", "Tambah operator atau kepala, atau ganti kata sandi."],
    keys: [],
    questions: [["Kata sandi terlupa?", "Di layar kunci, pakai kode pemulihan dari kertas."]],
  },
};

export const help = {
  button: "Bantuan",
  about: (title: string) => `Bantuan: ${title}`,
  doing: "Yang dilakukan di sini",
  keys: "Tombol",
  keysEverywhere: "Tombol di semua halaman",
  questions: "Bagaimana bila",
  hintClose: "Mengerti",
  pages,
  everywhere: EVERYWHERE,
  hints: {
    beranda: "Mulai dari sini setiap pagi. Setiap angka membuka daftarnya; F1 membuka bantuan halaman mana pun.",
    calon: "Tekan N untuk orang baru, / untuk mencari, Enter untuk membuka. Ctrl+K mencari dari halaman mana pun.",
    orang: "Enter pindah ke isian berikutnya, dan setiap isian tersimpan sendiri. F1 untuk tombol lainnya.",
    surat: "Surat dibuat di sini, lalu kepala menandatanganinya di ruangnya sendiri dengan rahasianya.",
  },
} satisfies Words;
