import { MoveNotice } from '../migration/index.ts';
import { ChangeNotices } from '../changes/index.ts';
import { DamagedNotice } from '../store/index.ts';
import { FindingsNotice } from '../asked-servers/index.ts';
import { KeyNotice } from '../keys/index.ts';
import { UpdateNotice } from '../updates/index.ts';

export interface StandingNoticesProps {
  readonly onBackups: () => void;
  readonly onKeys: () => void;
  /** Takes the move of this credential away from EWS back. */
  readonly onMoveBack: (credential: string) => void;
  readonly onServers: () => void;
  readonly onCredential: (id: string) => void;
  readonly onEws: () => void;
}

/** What main finds by itself and tells over the list; read after the list, which does not wait for it. */
export function StandingNotices({ onBackups, onKeys, onMoveBack, onServers, onCredential, onEws }: StandingNoticesProps) {
  return (
    <>
      <MoveNotice onBack={onMoveBack} />
      <UpdateNotice />
      <DamagedNotice onBackups={onBackups} />
      <FindingsNotice onServers={onServers} onCredential={onCredential} />
      <KeyNotice onShow={onKeys} />
      <ChangeNotices onEws={onEws} />
    </>
  );
}
