import { strict } from '../../host/strict.ts';

/** The module `electron` as far as the command line uses it; what it is asked for is told on standard error. */
const ready = Promise.withResolvers<void>();
const tell = (what: string) => void process.stderr.write(`electron: ${what}\n`);

/** After the entry was evaluated, as in Electron. */
export function becomeReady(): void {
  tell('ready');
  ready.resolve();
}

const app = {
  name: 'Tenant Keyring',
  whenReady: () => ready.promise,
  disableHardwareAcceleration: () => undefined,
  setPath: (name: string, path: string) => tell(`${name} ${path}`),
};

const session = {
  fromPartition: (partition: string, { cache }: { readonly cache: boolean }) => ({
    fetch: (address: string, { credentials }: { readonly credentials?: string }) => {
      tell(`${partition} fetches ${address}, cache ${cache}, credentials ${credentials ?? 'included'}`);
      return Promise.reject(new Error('net::ERR_NAME_NOT_RESOLVED'));
    },
  }),
};

const dialog = { showMessageBox: ({ detail }: { readonly detail: string }) => Promise.resolve(tell(`box: ${detail}`)) };

const electron: object = strict('electron', {
  app: strict('app', app),
  dialog: strict('dialog', dialog),
  session: strict('session', session),
});
export { electron as 'module.exports' };
