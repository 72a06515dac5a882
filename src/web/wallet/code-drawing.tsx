import { drawQr } from '../../formats/qr.ts';

/** Digits as a QR code: dark on white whatever the theme, with its quiet zone. */
export function CodeDrawing({ digits, label }: { readonly digits: string; readonly label: string }) {
  const { side, path } = drawQr(digits);
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
