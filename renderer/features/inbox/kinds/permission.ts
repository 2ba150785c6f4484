import { KeyRound } from 'lucide-react';
import type { PermissionRecord } from '../../../../preload/contract/permissions.ts';
import type { ItemFacts, ItemLook } from '../kind.ts';

const look: ItemLook = { icon: KeyRound, word: 'Permission', tone: 'text-amber' };

export const permissionFacts: ItemFacts<'permission', PermissionRecord> = {
  kind: 'permission',
  of: ['permission'],
  needs: ['permission'],
  find: ({ subject }, records) => records.get('permission', subject),
  look,
  // It is not waved through in passing.
  lookOf: ({ risk }) => (risk === 'high' ? { ...look, tone: 'text-red' } : look),
  sort: () => 'permission',
  line: ({ tool, subject }) => `${tool}: ${subject}`,
};
