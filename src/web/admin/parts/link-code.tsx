import { drawLinkQr } from '../../../formats/qr.ts';
import { QrCode } from '../../design/qr-code.tsx';

/** A link as a code for a phone's or a till's camera. */
export function LinkCode({ link, label }: { readonly link: string; readonly label: string }) {
  return (
    <div class="link-code">
      <QrCode drawing={drawLinkQr(link)} label={label} />
    </div>
  );
}
