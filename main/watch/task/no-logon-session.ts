/** ERROR_NO_SUCH_LOGON_SESSION (1312) as HRESULT, unsigned and as some callers see it. */
const codes = [0x8007_0520, 0x8007_0520 - 2 ** 32];

/** What Windows says of error 1312 in the languages of this program. */
const words =
  /\b1312\b|0x80070520|logon session does not exist|Anmeldesitzung ist nicht vorhanden|ouverture de session sp.cifi.e n.existe pas/i;

/**
 * True where Windows has no place to keep or read credentials: the policy "Network access: Do not allow storage of
 * passwords and credentials for network authentication" is on, or the task runs without credentials of its own.
 */
export function isNoLogonSession(said: string, code: number | null = null): boolean {
  return (code !== null && codes.includes(code)) || words.test(said);
}
