import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { KeyringBridge } from './contract.ts';

// One channel each way: which requests exist, and for whom, is decided in the main process.
const bridge: KeyringBridge = {
  request: (channel, input) => ipcRenderer.invoke('keyring:request', channel, input),
  subscribe: (event, listener) => {
    const receive = (_: IpcRendererEvent, name: string, value: Parameters<typeof listener>[0]) => {
      if (name === event) listener(value);
    };
    ipcRenderer.on('keyring:event', receive);
    return () => void ipcRenderer.off('keyring:event', receive);
  },
};

contextBridge.exposeInMainWorld('keyring', bridge);
