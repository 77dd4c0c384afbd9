import { Suspense, useEffect, useEffectEvent, useRef, useState } from 'react';
import { later } from '../bridge/later.ts';
import { useAnnounce } from '../parts/announce.tsx';
import { subscribe } from '../bridge/bridge.ts';
import { useNavigation } from '../parts/routes.tsx';
import { useTexts } from '../bridge/texts.tsx';

const DiagnosticsDialog = later(async () => (await import('../features/diagnostics/index.ts')).DiagnosticsDialog);

const modalOpen = () => document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;
const day = 24 * 60 * 60_000;

/** What the main process asks for on whatever page the window is: a report, a credential to be shown, a certificate that ends. */
export function MainEvents() {
  const { t } = useTexts();
  const { go } = useNavigation();
  const announce = useAnnounce();
  const [diagnostics, setDiagnostics] = useState(false);
  const opener = useRef<HTMLElement | null>(null);

  const openDiagnostics = useEffectEvent(() => {
    if (modalOpen()) return;
    opener.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    setDiagnostics(true);
  });
  const help = useEffectEvent((section: 'guide' | 'shortcuts') => {
    if (!modalOpen()) go({ at: 'help', section });
  });
  // A dialog holds work that nobody meant to end; its credential can be found afterwards.
  const show = useEffectEvent((credential: string) => {
    if (!modalOpen()) go({ at: 'manager', select: credential });
  });
  const tell = useEffectEvent((name: string, notAfter: string) =>
    announce(t('expiry.title', { name, days: Math.max(0, Math.ceil((Date.parse(notAfter) - Date.now()) / day)) })),
  );
  useEffect(() => {
    const leave = [
      subscribe('menu:command', ({ command }) => {
        if (command === 'diagnostics') openDiagnostics();
        else if (command === 'guide' || command === 'shortcuts') help(command);
      }),
      subscribe('credential:show', ({ credential }) => show(credential)),
      subscribe('expiry', ({ name, notAfter }) => tell(name, notAfter)),
    ];
    return () => leave.forEach((off) => off());
  }, []);

  if (!diagnostics) return null;
  return (
    <Suspense>
      <DiagnosticsDialog
        onClose={() => {
          setDiagnostics(false);
          // After the dialog has let go of the focus.
          globalThis.setTimeout(() => opener.current?.focus());
        }}
      />
    </Suspense>
  );
}
