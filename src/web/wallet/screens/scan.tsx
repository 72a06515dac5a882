import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { App } from '../device/app.ts';
import { readOfferLink } from '../offer.ts';
import type { Whose } from '../roster.ts';
import { say } from '../say.ts';
import { Paste } from './empty.tsx';
import { Note, Page } from './page.tsx';

/** The camera over the QR code of an offer. */
export function Scan({ app, whose }: { readonly app: App; readonly whose?: Whose | undefined }) {
  const video = useRef<HTMLVideoElement>(null);
  const trouble = useSignal<'no_camera' | 'not_an_offer' | null>(null);
  useEffect(() => {
    let stop = (): void => {};
    let gone = false;
    const found = (text: string): void => {
      const link = readOfferLink(text);
      if (link === null) trouble.value = 'not_an_offer';
      else app.go({ at: 'enrol', offer: link, ...(whose && { whose }) });
    };
    const begin = async (): Promise<void> => {
      const { scanInto } = await import('../device/scan-offer.ts');
      if (video.current !== null) stop = await scanInto(video.current, found);
      if (gone) stop();
    };
    begin().catch(() => {
      trouble.value = 'no_camera';
    });
    return () => {
      gone = true;
      stop();
    };
  }, []);
  const none = trouble.value === 'no_camera';
  return (
    <Page title={say('wallet.scan.title')} onBack={app.back}>
      {!none && <p>{say('wallet.scan.what')}</p>}
      {trouble.value !== null && <Note kind="wrong" text={say(`wallet.scan.${trouble.value}`)} />}
      <video
        ref={video}
        class="camera"
        hidden={none}
        muted
        playsInline
        aria-label={say('wallet.scan.what')}
      />
      {none && <Paste app={app} whose={whose} />}
    </Page>
  );
}
