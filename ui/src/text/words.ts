/** A catalogue: sentences, sentences with something to fill in, or a catalogue of a smaller matter. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Words = { readonly [key: string]: string | ((...given: any[]) => string) | readonly (string | readonly string[])[] | Words };
