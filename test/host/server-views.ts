import exchangeHybrid from '../../assets/servers/exchange-hybrid/server.json' with { type: 'json' };
import mailstoreServer from '../../assets/servers/mailstore-server/server.json' with { type: 'json' };
import mailstoreSpe from '../../assets/servers/mailstore-spe/server.json' with { type: 'json' };
import other from '../../assets/servers/other/server.json' with { type: 'json' };
import de from '../../assets/i18n/de.json' with { type: 'json' };
import en from '../../assets/i18n/en.json' with { type: 'json' };
import fr from '../../assets/i18n/fr.json' with { type: 'json' };
import type { AppFacts } from '../../preload/contract.ts';

type View = AppFacts['servers'][number];

const catalogues = { de, en, fr };
type Said = (key: string) => string;
const saidIn = (language: AppFacts['language']): Said => {
  const texts: Readonly<Record<string, string>> = catalogues[language];
  return (key) => texts[key] ?? key;
};

interface FileStep {
  readonly id: string;
  readonly place?: string;
  readonly warning?: string;
  readonly check?: string;
  readonly link?: string;
  readonly part?: string;
  readonly text?: string;
  readonly values?: readonly string[];
  readonly userSignIn?: boolean;
  readonly profiles?: readonly string[];
  readonly texts?: Readonly<Record<string, string>>;
}

interface File {
  readonly redirectUri: { readonly path: string; readonly port: number } | null;
  readonly application: string;
  readonly certificate: string;
  readonly custody?: { readonly server?: string; readonly external?: string };
  readonly signInPlace?: string;
  readonly renewal?: readonly string[];
  readonly freePermissions?: boolean;
  readonly management?: string | null;
  readonly sheet: readonly FileStep[];
  readonly profiles: readonly (string | { readonly id: string })[];
}

function stepOf(
  { id, place, warning, check, link, part, text = '', values = [], userSignIn = false, profiles = [], texts: own = {} }: FileStep,
  said: Said,
): View['sheet'][number] {
  const certificate = (name: string, key: string) => said(own[name] ?? `setup.sheet.certificate.${key}`);
  if (part !== undefined) {
    const [keyring, external, waiting] = ['keyring', 'external', 'waiting'].map((name) => certificate(name, name));
    return {
      id,
      part: 'certificate',
      keyring,
      external,
      waiting,
      instead: certificate('instead', 'keyring-other'),
    } as View['sheet'][number];
  }
  const told = { place: place === undefined ? '' : said(place), warning: warning === undefined ? '' : said(warning) };
  return {
    id,
    text: said(text),
    ...told,
    check: check ?? null,
    values: [...values],
    link: link ?? null,
    userSignIn,
    profiles: [...profiles],
  } as View['sheet'][number];
}

const viewOf = (id: string, file: File, said: Said): View => ({
  id,
  name: said(`server.${id}.name`),
  userSignIn: file.redirectUri !== null,
  instances: file.redirectUri?.path.includes('{instance}') === true,
  port: String(file.redirectUri?.port ?? ''),
  certificate: file.certificate === 'server' ? 'server' : 'either',
  custody: {
    server: said(file.custody?.server ?? 'custody.answer.server'),
    external: said(file.custody?.external ?? 'custody.answer.external'),
    keyring: said('custody.answer.keyring'),
  },
  signInPlace: file.signInPlace === undefined ? '' : said(file.signInPlace),
  application: file.application,
  renewal: (file.renewal ?? ['server.renewal.create', 'server.renewal.download']).map((key) => said(key)),
  freePermissions: file.freePermissions === true,
  asked: typeof file.management === 'string',
  profiles: file.profiles.map((profile) => (typeof profile === 'string' ? profile : profile.id)),
  sheet: file.sheet.map((step) => stepOf(step, said)),
});

/** Kinds of server software as main tells them to a window in this language: by their descriptors. */
export function serverViewsIn(language: AppFacts['language']): AppFacts['servers'] {
  const said = saidIn(language);
  return [
    viewOf('mailstore-server', mailstoreServer, said),
    viewOf('mailstore-spe', mailstoreSpe, said),
    viewOf('exchange-hybrid', exchangeHybrid, said),
    viewOf('other', other, said),
  ];
}
