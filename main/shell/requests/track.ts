import { randomUUID } from 'node:crypto';
import { parse } from 'node:path';
import type { Input, Output } from '../../../preload/contract.ts';
import {
  anyTenant,
  exportedList,
  listFormatOf,
  listTable,
  problemOf,
  readCandidateContents,
  readCandidates,
  refusedText,
  tenantsOf,
  track,
  validate,
  type Candidate,
  type CandidateFile,
  type Validated,
} from '../../credential/track/index.ts';
import { noAnnotations } from '../../credential/index.ts';
import { Fault } from '../../faults.ts';
import { writeNewFile } from '../../files/index.ts';
import { defaultProfile } from '../../registration/server-choice.ts';
import { knownServer, profileById } from '../../servers/index.ts';
import type { Texts } from '../../texts/index.ts';
import { cutText } from '../../visible-text.ts';
import type { Handlers } from '../router.ts';
import { certificateFacts } from './certificate-facts.ts';
import type { ChosenCertificates } from './chosen-certificates.ts';
import { markedName, type RequestContext } from './context.ts';
import { credentialRow } from './views.ts';

type TrackChannel = Extract<keyof Handlers, `track:${string}` | `list:${string}`>;

/** A file that was chosen in the dialog, as it was validated last. */
interface ChosenFile {
  readonly file: CandidateFile;
  readonly validated: readonly Validated[];
}

/** One dialog is open at a time. */
const most = 4;

function lineView({ file, validated }: ChosenFile, texts: Texts): Output<'track:add'>['lines'] {
  return validated.map((each, index) => {
    const typed = file.candidates[index]?.typed;
    const certificate = each.record?.certificate ?? null;
    return {
      line: each.place,
      name: cutText(each.name, 200),
      tenant: cutText(each.record?.tenantId ?? (typed === undefined || typed instanceof Fault ? '' : typed.tenant), 200),
      certificate: certificate === null ? null : certificateFacts(certificate),
      problem: problemOf(each, texts)?.sentence ?? null,
    };
  });
}

/** Add existing… and the list as a file: adding, validating, and what could not be added. */
export function createTrackHandlers(
  context: RequestContext,
  chosen: ChosenCertificates,
  changed: <T>(value: T) => T,
): Pick<Handlers, TrackChannel> {
  const engine = () => context.services().engine;
  const texts = () => context.services().texts;
  const files = new Map<string, ChosenFile>();
  /** What is under way: domains are looked up, which takes as long as the network does. */
  let looking = new AbortController();
  const stop = () => looking.abort();
  context.onLeave(stop);
  /** One at a time: the dialog asks for the next when it has given the last one up. */
  const begin = (): AbortSignal => {
    stop();
    looking = new AbortController();
    return looking.signal;
  };
  // Whoever adds what is there already says with the settings which software it is for.
  const software = () => {
    const { server: id, profile } = context.settings.read();
    return { profile: profile === '' ? defaultProfile(knownServer(id), {}) : profileById(profile), server: { id, instance: null } };
  };
  const fileOf = (id: string): ChosenFile => {
    const found = files.get(id);
    if (found === undefined) throw new Fault('window.run-unknown');
    return found;
  };
  const keep = (id: string, file: ChosenFile) => {
    files.set(id, file);
    const [oldest] = files.keys();
    if (files.size > most && oldest !== undefined) files.delete(oldest);
  };

  const options = (cloud: Input<'track:choose'>['cloud']) => ({ cloud, ...software(), practice: context.app.facts().practice });
  const read = async (file: CandidateFile) => {
    const signal = begin();
    const validated = await validate(engine(), file.candidates, tenantsOf(engine(), signal), signal);
    const id = randomUUID();
    keep(id, { file, validated });
    return { file: id, name: parse(file.path).base, lines: lineView({ file, validated }, texts()) };
  };

  const candidate = ({ name, tenant, clientId, cloud, certificate }: Input<'track:one'>): Candidate => ({
    place: 1,
    typed: {
      name,
      ...noAnnotations,
      tenant,
      clientId,
      cloud,
      certificate: certificate === null ? null : chosen.take(certificate).certificate,
      ...software(),
      tenantName: '',
      tenantDomain: '',
      redirectUri: null,
    },
  });

  return {
    'track:check': async (draft) => {
      const [validated] = await validate(engine(), [candidate(draft)], anyTenant);
      const faults: Output<'track:check'>['faults'] = {};
      for (const { field, fault } of validated?.objections ?? []) faults[field ?? 'clientId'] ??= texts().faultText(fault);
      return { faults };
    },
    'track:one': async (draft) => {
      const signal = begin();
      const [validated] = await track(engine(), [candidate(draft)], tenantsOf(engine(), signal), signal);
      const [objection] = validated?.objections ?? [];
      if (objection !== undefined) throw objection.fault;
      if (!validated?.record) throw new Error('neither added nor refused');
      return changed(credentialRow(validated.record, engine()));
    },
    'track:choose': async ({ cloud }) => {
      const path = await context.desktop.openFile({ title: texts().t('window.choose-track-file'), extensions: ['csv', 'txt', 'json'] });
      return path === null ? null : read(await readCandidates(path, 'auto', options(cloud)));
    },
    'track:read': ({ cloud, name, content }) => read(readCandidateContents(name, Buffer.from(content, 'base64'), options(cloud))),
    'track:add': async ({ file: id }) => {
      const { file } = fileOf(id);
      // Validated afresh: the list may have changed since the file was shown.
      const signal = begin();
      const validated = await track(engine(), file.candidates, tenantsOf(engine(), signal), signal);
      const now = { file, validated };
      keep(id, now);
      return changed({ added: validated.flatMap(({ record }) => (record === null ? [] : [record.id])), lines: lineView(now, texts()) });
    },
    'track:cancel': () => {
      stop();
      return Promise.resolve(null);
    },
    'track:save-refused': async ({ file: id }) => {
      const { file, validated } = fileOf(id);
      const name = texts().t('window.refused-lines', { file: parse(file.path).name });
      const path = await context.desktop.saveFile({
        title: texts().t('track-dialog.save-refused'),
        name: markedName(context, `${name}.${file.extension}`),
        extension: file.extension,
      });
      if (path === null) return null;
      // The save dialog has already asked whether an existing file is to be replaced.
      await writeNewFile(path, Buffer.from(refusedText(file, validated, texts())), { force: true });
      return { path };
    },
    'list:export': async () => {
      const name = markedName(context, `${texts().t('app.name')}.json`);
      const path = await context.desktop.saveFile({ title: texts().t('window.export-list'), name, extension: 'json', or: ['csv'] });
      if (path === null) return null;
      const records = engine().store.list();
      await writeNewFile(path, Buffer.from(exportedList(records, listFormatOf(path), context.app.facts().practice, texts())), {
        force: true,
      });
      return { path, count: records.length };
    },
    'list:copy': async ({ ids }) => {
      const { store } = engine();
      const records = ids.map((id) => store.find(id));
      await context.desktop.copy(listTable(records, context.app.facts().practice, texts()));
      return { count: records.length };
    },
  };
}
