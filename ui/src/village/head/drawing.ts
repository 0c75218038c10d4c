import type { PointGroup } from "signature_pad";
import type { Drawing } from "../../ipc/bindings";

/** What was drawn, in hundredths of a pad pixel; time counts from the first touch. */
export function toDrawing(groups: readonly Pick<PointGroup, "points">[], width: number, height: number): Drawing {
  const start = groups[0]?.points[0]?.time ?? 0;
  const hundredths = (value: number) => Math.round(value * 100);
  return {
    width: hundredths(width),
    height: hundredths(height),
    strokes: groups.map((group) => ({
      points: group.points.map((point) => ({
        x: hundredths(point.x),
        y: hundredths(point.y),
        pressure: Math.round(Math.min(1, Math.max(0, point.pressure)) * 1000),
        time: Math.max(0, Math.round(point.time - start)),
      })),
    })),
  };
}
