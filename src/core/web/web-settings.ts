import { originsSetting } from '../settings/setting-types.js';

export const frameAncestors = originsSetting({
  name: 'frame_ancestors',
  scope: 'server',
  default: [],
  meaning:
    'Origins whose pages may show ours in a frame, with `?inline=1`; empty means none. ' +
    'Manager JSON-RPC, sections 10.2 and 11, *Frame Ancestors*.',
});
