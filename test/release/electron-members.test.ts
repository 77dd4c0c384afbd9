import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { declaredElectron } from './electron-members/declared.ts';
import { electronReads } from './electron-members/reads.ts';

const built = existsSync('out/main/index.js');
if (!built) console.log('skipped, because nothing is built: npm run build');

const filesOf = (folder: string): [string, string][] =>
  readdirSync(folder).map((name) => [`${folder}/${name}`, readFileSync(join(folder, name), 'utf8')]);

describe('what is read of Electron, in a bundle', () => {
  const readIn = (...texts: string[]) => {
    const { members, unexplained } = electronReads(new Map(texts.map((text, index) => [`out/${index}.js`, text])));
    return { members: [...members.keys()].sort(), unexplained };
  };

  it.each([
    ['const e=require("electron");e.app.quit()', ['app', 'app.quit']],
    ['var a=require(`electron`),b=a;()=>b.dialog', ['dialog']],
    ['const {app:x,net}=require("electron")', ['app', 'net']],
    ['let s;run(()=>{s=r("electron")});f=>s.shell.openPath(f)', ['shell', 'shell.openPath']],
    ['const e=require("electron");function f(e){return e.unknown}', []],
    ['const e=require("electron");{let e={};e.unknown}e.app', ['app']],
    ['new (require("electron").Notification)()', ['Notification']],
  ])('%s', (text, members) => {
    expect(readIn(text)).toEqual({ members, unexplained: [] });
  });

  it('follows the module from bundle to bundle', () => {
    const wrapper = 'var n=t((x,y)=>{y.exports=r(`electron`)});export{n as t}';
    expect(readIn(wrapper, 'import{t as f}from"./0.js";f().autoUpdater.emit(1)')).toEqual({
      members: ['autoUpdater', 'autoUpdater.emit'],
      unexplained: [],
    });
  });

  it('says where it is not understood', () => {
    expect(readIn('const e=require("electron");use(e);e[name]').unexplained).toHaveLength(2);
  });
});

describe.skipIf(!built)('what was built', () => {
  const { members, unexplained } = electronReads(new Map([...filesOf('out/main'), ...filesOf('out/preload')]));
  const declared = declaredElectron();

  it('reads of Electron only what Electron’s own declarations have', () => {
    expect(unexplained).toEqual([]);
    expect([...members.keys()].filter((member) => !declared.has(member))).toEqual([]);
    // The reading itself is right: it finds what we and electron-updater use.
    for (const member of ['app.enableSandbox', 'autoUpdater.emit', 'contextBridge.exposeInMainWorld', 'session.fromPartition'])
      expect([...members.keys()], member).toContain(member);
    expect(['app.nothing', 'nothing', 'autoUpdater.nothing'].filter((member) => declared.has(member))).toEqual([]);
  });

  it('ends the program when an update is to be installed', () => {
    const script = join(import.meta.dirname, 'restart-and-install/run.ts');
    const { stdout, stderr } = spawnSync(process.execPath, [script, 'out/main'], { encoding: 'utf8', timeout: 60_000 });
    expect(stdout.split('\n'), stderr).toContain('ends');
  });
});
