/** Joins a bridge to the stores that the page reads: the mirror, and how the connection stands. */
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { OpenProject } from '../../preload/contract/bridge.ts';
import type { Bridge, ConnectionStatus } from './bridge.ts';
import { pageClock } from './channel.ts';
import { Decisions } from './decisions.ts';
import { guardLeaving } from './leaving.ts';
import { type Hub, useHub } from './hub-context.tsx';
import { createMirrorStore } from './mirror.ts';

export type ConnectionStore = StoreApi<ConnectionStatus>;

/** All repositories that the host has open; empty where it has this one alone and says nothing. */
export type ProjectsStore = StoreApi<readonly OpenProject[]>;

export interface ConnectedHub extends Hub {
  disconnect(): void;
}

export function connectHub(bridge: Bridge): ConnectedHub {
  const mirror = createMirrorStore();
  const connection = createStore<ConnectionStatus>(() => ({
    state: 'connecting',
    sinceMs: pageClock.now(),
  }));
  const projects = createStore<readonly OpenProject[]>(() => []);
  const decisions = new Decisions(pageClock);
  const stopGuarding = guardLeaving(decisions, connection);
  const unsubscribe = bridge.subscribe({
    onSnapshot: (snapshot) => mirror.load(snapshot),
    onDelta: (delta) => mirror.apply(delta),
    onLive: (change) => mirror.applyLive(change),
    onProjects: (open) => projects.setState(open, true),
    onStatus(status) {
      connection.setState(status, true);
      decisions.setOnline(status.state === 'live');
    },
  });
  const disconnect = () => {
    stopGuarding();
    unsubscribe();
    bridge.close();
  };
  return { bridge, mirror, connection, projects, decisions, disconnect };
}

export function useConnection(): ConnectionStatus {
  return useStore(useHub().connection);
}
