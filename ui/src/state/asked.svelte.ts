// Something a page is asked to open as soon as it stands: said by Ctrl+K, taken once.

export type Wish = "ekspor" | "ekspor-program" | "pilih-penduduk";

class Asked {
  #wish = $state<Wish | null>(null);

  for(wish: Wish) {
    this.#wish = wish;
  }

  take(wish: Wish): boolean {
    if (this.#wish !== wish) return false;
    this.#wish = null;
    return true;
  }
}

export const asked = new Asked();
