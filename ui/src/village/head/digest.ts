// What the head is asked to sign, reckoned in the window from the bytes that it shows.

/** SHA-256 in lower-case hex. */
export async function sha256Hex(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * SHA-256 over everything outside the empty place of the signature, as ISO 32000-1, 12.8.1 says: the last `/ByteRange`
 * of the file names the two parts. A file without such a place is taken whole.
 */
export async function shownDigest(bytes: ArrayBuffer): Promise<string> {
  const parts = signedParts(new Uint8Array(bytes));
  if (!parts) return sha256Hex(bytes);
  const joined = new Uint8Array(parts.first.length + parts.second.length);
  joined.set(parts.first);
  joined.set(parts.second, parts.first.length);
  return sha256Hex(joined);
}

function signedParts(bytes: Uint8Array): { first: Uint8Array; second: Uint8Array } | null {
  // One character a byte, so that places in the text are places in the file.
  const text = new TextDecoder("latin1").decode(bytes);
  const at = text.lastIndexOf("/ByteRange");
  if (at < 0) return null;
  const range = /^\/ByteRange\s*\[\s*0\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/.exec(text.slice(at, at + 120));
  if (!range) return null;
  const [end, start, length] = [Number(range[1]), Number(range[2]), Number(range[3])];
  const wholeFile = end < start && start + length === bytes.length;
  // Between the two parts lies nothing but the place itself: zeros between angle brackets.
  if (!wholeFile || !/^<0*>$/.test(text.slice(end, start))) return null;
  return { first: bytes.subarray(0, end), second: bytes.subarray(start) };
}
