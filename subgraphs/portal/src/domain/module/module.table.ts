import type { ScopeType } from '@polity/kernel/access/tree';

/** A navigation entry as the graph shows it. */
export interface ModuleEntry {
  key: string;
  title: string;
  path: string;
  enabled: boolean;
}

interface ModuleRow extends Omit<ModuleEntry, 'enabled'> {
  scopeTypes: readonly ScopeType[];
  /** Who may open it; whoever sees the scope where absent. */
  permission?: string;
  /** It cannot be switched off. */
  fixed?: boolean;
}

const everywhere: readonly ScopeType[] = ['TENANT', 'COMMUNITY', 'TEAM'];

/** Every entry there is, in the order in which navigation shows them. A subgraph with pages of its own adds its row here. */
export const modules: readonly ModuleRow[] = [
  { key: 'home', title: 'Home', path: '/', scopeTypes: everywhere, fixed: true },
  { key: 'communities', title: 'Communities', path: '/communities', scopeTypes: ['TENANT'] },
  { key: 'posts', title: 'Posts', path: '/posts', scopeTypes: everywhere },
  { key: 'teams', title: 'Teams', path: '/teams', scopeTypes: ['COMMUNITY'] },
  { key: 'members', title: 'Members', path: '/members', scopeTypes: everywhere },
  {
    key: 'settings',
    title: 'Settings',
    path: '/settings',
    scopeTypes: everywhere,
    permission: 'portal.module.manage',
    fixed: true,
  },
];
