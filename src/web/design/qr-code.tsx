import type { QrDrawing } from '../../formats/qr.ts';

/** A QR code: dark on white whatever the theme, with its quiet zone. */
export function QrCode({ drawing, label }: { readonly drawing: QrDrawing; readonly label: string }) {
  const { side, path } = drawing;
  return (
    <svg
      class="code"
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <path fill="#fff" d={`M0 0h${side}v${side}H0z`} />
      <path fill="#000" d={path} />
    </svg>
  );
}
