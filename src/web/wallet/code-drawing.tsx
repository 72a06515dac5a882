import { drawQr } from '../../formats/qr.ts';
import { QrCode } from '../design/qr-code.tsx';

/** The digits that a till scans, as a QR code. */
export function CodeDrawing({ digits, label }: { readonly digits: string; readonly label: string }) {
  return <QrCode drawing={drawQr(digits)} label={label} />;
}
