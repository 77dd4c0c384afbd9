import { randomUUID } from 'node:crypto';
import type { EventValue } from '../../../preload/contract.ts';
import { watchDownloads, type FoundDownload, type RefusedDownload } from '../../downloads/index.ts';
import { asFault } from '../../faults.ts';
import { faultView, type Handlers } from '../router.ts';
import { certificateFacts } from './certificate-facts.ts';
import type { ChosenCertificates } from './chosen-certificates.ts';
import type { RequestContext } from './context.ts';

type FoundFile = EventValue<'downloads:found'>['files'][number];
type RefusedFile = EventValue<'downloads:found'>['refused'][number];

/** Nobody chooses among more; whoever has so many picks the file in its folder. */
const mostShown = 20;

/** Files as the window shows them. A certificate keeps its name as long as the watch lasts: somebody may have selected it. */
function fileViews(chosen: ChosenCertificates): (found: readonly FoundDownload[]) => FoundFile[] {
  const names = new Map<string, string>();
  return (found) =>
    found.slice(0, mostShown).map(({ name, certificate, modifiedAt, preselected }) => {
      const known = names.get(certificate.thumbprintSha256);
      const kept =
        known !== undefined && chosen.find(known) !== null
          ? known
          : chosen.keep({ certificate, privateKey: null, origin: 'key-elsewhere' });
      names.set(certificate.thumbprintSha256, kept);
      return { certificate: kept, name, facts: certificateFacts(certificate), modifiedAt: modifiedAt.toISOString(), preselected };
    });
}

/** Watching the Downloads folder for the certificate that the server has just made. */
export function createDownloadsHandlers(
  context: RequestContext,
  chosen: ChosenCertificates,
): Pick<Handlers, 'downloads:watch' | 'downloads:stop'> {
  let open: { readonly watch: string; readonly controller: AbortController } | null = null;
  const end = () => {
    open?.controller.abort();
    open = null;
  };
  context.onLeave(end);

  const tellFault = (watch: string, error: unknown) => {
    const { engine, texts } = context.services();
    const fault = asFault(error);
    engine.log.warn('downloads.watch-failed', { code: fault.code, correlationId: fault.correlationId, cause: fault.cause });
    context.emit('downloads:found', { watch, files: [], refused: [], fault: faultView(fault, texts) });
  };
  const refusedViews = (refused: readonly RefusedDownload[]): RefusedFile[] =>
    refused.slice(0, mostShown).map(({ name, fault }) => ({ name, ...context.services().texts.faultText(fault) }));

  return {
    'downloads:watch': () => {
      const folder = context.desktop.downloadsFolder();
      end();
      const watch = randomUUID();
      const controller = new AbortController();
      const { signal } = controller;
      const views = fileViews(chosen);
      open = { watch, controller };
      watchDownloads({
        folder,
        started: new Date(),
        now: () => context.services().engine.clock.now(),
        signal,
        onChange: (found, refused) =>
          context.emit('downloads:found', { watch, files: views(found), refused: refusedViews(refused), fault: null }),
      }).catch((error: unknown) => {
        if (!signal.aborted) tellFault(watch, error);
      });
      return Promise.resolve({ watch, folder });
    },
    'downloads:stop': ({ watch }) => {
      if (open?.watch === watch) end();
      return Promise.resolve(null);
    },
  };
}
