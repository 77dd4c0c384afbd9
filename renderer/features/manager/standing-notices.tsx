import { ChangeNotices } from '../changes/index.ts';
import { DamagedNotice } from '../store/index.ts';
import { KeyNotice } from '../keys/index.ts';
import { UpdateNotice } from '../updates/index.ts';

export interface StandingNoticesProps {
  readonly onBackups: () => void;
  readonly onKeys: () => void;
  readonly onEws: () => void;
}

/** What main finds by itself and tells over the list; read after the list, which does not wait for it. */
export function StandingNotices({ onBackups, onKeys, onEws }: StandingNoticesProps) {
  return (
    <>
      <UpdateNotice />
      <DamagedNotice onBackups={onBackups} />
      <KeyNotice onShow={onKeys} />
      <ChangeNotices onEws={onEws} />
    </>
  );
}
