import { losses, type Breach } from './laws.ts';

/** What a campaign has done and found. */
export interface CampaignReport {
  readonly name: string;
  /** Sequences, kills, faults and the like, by name. */
  readonly figures: Readonly<Record<string, number>>;
  /** Each with how it can be done again. */
  readonly found: readonly Found[];
}

export interface Found extends Breach {
  readonly where: string;
}

export interface Ledger {
  readonly count: (what: string, by?: number) => void;
  readonly add: (where: string, breaches: readonly Breach[]) => void;
  readonly report: () => CampaignReport;
}

let latest: Ledger | null = null;

/** What the campaign that is under way has done so far; null before the first. */
export const underWay = (): Ledger | null => latest;

/** @param tell gets each thing that was found, at once */
export function ledger(name: string, tell: (line: string) => void): Ledger {
  const figures: Record<string, number> = {};
  const found: Found[] = [];
  const books: Ledger = {
    count: (what, by = 1) => {
      figures[what] = (figures[what] ?? 0) + by;
    },
    add: (where, breaches) => {
      for (const breach of breaches) {
        found.push({ ...breach, where });
        tell(`FOUND ${breach.law}: ${breach.detail}\n      ${where}`);
      }
    },
    report: () => ({ name, figures, found }),
  };
  latest = books;
  return books;
}

export const lostIn = ({ found }: CampaignReport): number => found.filter(({ law }) => losses.has(law)).length;

export function reportText(report: CampaignReport): string {
  const { name, figures, found } = report;
  const told = Object.entries(figures).map(([what, count]) => `${count} ${what}`);
  return `${name}: ${told.join(', ')}; lost or removed though in use: ${lostIn(report)}; other breaches: ${found.length - lostIn(report)}`;
}
