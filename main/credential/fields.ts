import type { TextKey } from '../texts/index.ts';
import { checkAnnotation, checkName, type FieldCheck } from './fields/index.ts';

/*
 * The texts of a credential that are for people, in one table: whatever lists, filters, writes, reads or changes them goes
 * through it. A new one is a line here and in `eachAnnotation`, its name in the window's contract, a migration, and its texts.
 */

export interface TextField {
  /** What may be typed, and how it is stored. */
  readonly rule: (typed: string) => FieldCheck<string>;
  /** What stands beside it, on the command line as in the window, and as its head in CSV. */
  readonly label: TextKey;
  /** What its option on the command line means; the option has the name of the field. */
  readonly option: TextKey;
  /** Heads by which its column in CSV is known, in English, French and German, as small letters and digits; the first that is there counts. */
  readonly heads: readonly string[];
  readonly lines: 'one' | 'several';
  /** `filled`: a column of the list as soon as one credential has it. */
  readonly column: 'always' | 'filled' | 'never';
  /** Whether the filter of the list looks into it. */
  readonly search: boolean;
}

/** In the order in which they are shown. */
export const textFields = {
  name: {
    rule: checkName,
    label: 'field.name',
    option: 'cli.option.name',
    heads:
      'name nom credentialname displayname nomaffiche anzeigename bezeichnung companyname customername customerdisplayname organizationdisplayname'.split(
        ' ',
      ),
    lines: 'one',
    column: 'always',
    search: true,
  },
  customer: {
    rule: (typed) => checkAnnotation(typed, { field: 'customer', longest: 120, lines: 'one' }),
    label: 'field.customer',
    option: 'cli.option.customer',
    heads: 'customer client kunde'.split(' '),
    lines: 'one',
    column: 'filled',
    search: true,
  },
  notes: {
    rule: (typed) => checkAnnotation(typed, { field: 'notes', longest: 4000, lines: 'several' }),
    label: 'field.notes',
    option: 'cli.option.notes',
    heads: 'notes note remarques remarque commentaires notizen notiz bemerkungen bemerkung anmerkungen comments remarks'.split(' '),
    lines: 'several',
    column: 'never',
    search: true,
  },
} as const satisfies Readonly<Record<string, TextField>>;

export type TextFieldName = keyof typeof textFields;
/** Everything but the name, which a credential must have and no other may have. */
export type AnnotationName = Exclude<TextFieldName, 'name'>;
/** What an administrator writes about a credential; empty where there is nothing to say. Nothing of it goes to Microsoft. */
export type Annotations = Readonly<Record<AnnotationName, string>>;

/** One value for each annotation, in the order of the table. */
export function eachAnnotation<T>(of: (name: AnnotationName) => T): Record<AnnotationName, T> {
  return { customer: of('customer'), notes: of('notes') };
}

export const noAnnotations: Annotations = eachAnnotation(() => '');
export const annotationNames: readonly AnnotationName[] = Object.values(eachAnnotation((name) => name));
export const textFieldNames: readonly TextFieldName[] = ['name', ...annotationNames];

/** The annotations alone. */
export const annotationsOf = (from: Annotations): Annotations => eachAnnotation((name) => from[name]);

/**
 * Those annotations that were given, as they are stored; what was not given is left out, and stays as it is.
 *
 * @throws Fault input.annotation.*
 */
export function givenAnnotations(typed: Readonly<Partial<Record<AnnotationName, string | undefined>>>): Partial<Annotations> {
  const given: Partial<Record<AnnotationName, string>> = {};
  for (const name of annotationNames) {
    const text = typed[name];
    if (text === undefined) continue;
    const check = textFields[name].rule(text);
    if (!check.ok) throw check.fault;
    given[name] = check.value;
  }
  return given;
}
