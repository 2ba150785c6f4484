/** What happened to claims, for who reads it. Whoever shows it makes it harmless. */
import type { claimEvents } from '../../../../preload/contract/claims.ts';
import type { EventEnvelope } from '../../../../preload/contract/envelope.ts';
import type { z } from 'zod';

type Data<K extends keyof typeof claimEvents> = z.output<(typeof claimEvents)[K]['data']>;

const ends: Readonly<Record<Data<'claim.ended'>['how'], string>> = {
  taken: 'the rendezvous took what was made here',
  late: 'the rendezvous kept what was made here: the story had gone on without it',
  refused: 'another had it first',
  lost: 'another has it now, or it is over',
  released: 'it was given back',
};

export const describeClaims: Readonly<Record<string, (event: EventEnvelope) => string>> = {
  'claim.asked': ({ data }) => {
    const { story, title } = data as Data<'claim.asked'>;
    return `Asked the rendezvous for ${story}: ${title}`;
  },
  'claim.begun': ({ data }) => {
    const { story, title, local } = data as Data<'claim.begun'>;
    return `Work on ${story} of the rendezvous begins as ${local}: ${title}`;
  },
  'claim.verified': ({ data }) => {
    const { story, commit } = data as Data<'claim.verified'>;
    return `${story} of the rendezvous is ready: ${commit.slice(0, 10)} is on the remote`;
  },
  'claim.released': ({ data }) => {
    const { story, reason } = data as Data<'claim.released'>;
    return `${story} goes back to the rendezvous: ${reason}`;
  },
  'claim.ended': ({ data }) => {
    const { story, how } = data as Data<'claim.ended'>;
    return `The claim on ${story} of the rendezvous is over: ${ends[how]}`;
  },
  'claim.taken': ({ data }) => {
    const { story, title, node, commit, agent } = data as Data<'claim.taken'>;
    return `Story ${story} (${title}): ${node} brought ${commit.slice(0, 10)}, which ${agent} lands here`;
  },
  'claim.late': ({ data }) => {
    const { story, title, node, commit, ref } = data as Data<'claim.late'>;
    return `Story ${story} (${title}): ${node} brought ${commit.slice(0, 10)} when it had gone on without it; it is kept as ${ref}`;
  },
};
