// A still from a camera. What went wrong is told by kind; the words belong to the screen.

export type CameraProblem = "none" | "denied" | "busy" | "failed";

/** Long side asked of the camera: an identity card stays readable, and no laptop chokes on it. */
const WIDTH_IDEAL = 1920;
const HEIGHT_IDEAL = 1080;
const JPEG_QUALITY = 0.92;

export function cameraProblem(error: unknown): CameraProblem {
  switch (error instanceof Error || error instanceof DOMException ? error.name : "") {
    case "NotFoundError":
    case "OverconstrainedError":
    case "NotSupportedError":
      return "none";
    case "NotAllowedError":
    case "SecurityError":
      return "denied";
    case "NotReadableError":
    case "AbortError":
      return "busy";
    default:
      return "failed";
  }
}

/** Fails with a `CameraProblem`-able error; a window without any media devices counts as one without a camera. */
export async function openCamera(device: string | null): Promise<MediaStream> {
  const media: MediaDevices | undefined = globalThis.navigator?.mediaDevices;
  if (!media?.getUserMedia) throw new DOMException("", "NotFoundError");
  const size = { width: { ideal: WIDTH_IDEAL }, height: { ideal: HEIGHT_IDEAL } };
  return media.getUserMedia({ audio: false, video: device ? { ...size, deviceId: { exact: device } } : { ...size, facingMode: "environment" } });
}

export function closeCamera(stream: MediaStream | null) {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

export type CameraDevice = { id: string; label: string };

/** Known only after one of them was opened. */
export async function cameras(): Promise<CameraDevice[]> {
  const found = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
  return found.filter((device) => device.kind === "videoinput" && device.deviceId !== "").map((device) => ({ id: device.deviceId, label: device.label }));
}

/** The picture that stands there now, as JPEG in full size. */
export async function still(video: HTMLVideoElement): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  const pen = canvas.getContext("2d");
  if (!pen || canvas.width === 0) throw new DOMException("", "NotReadableError");
  pen.drawImage(video, 0, 0);
  return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new DOMException("", "NotReadableError"))), "image/jpeg", JPEG_QUALITY));
}

export function base64(bytes: Uint8Array): string {
  // Piece by piece: a call takes only so many arguments.
  const PIECE = 0x8000;
  let binary = "";
  for (let at = 0; at < bytes.length; at += PIECE) binary += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(binary);
}
