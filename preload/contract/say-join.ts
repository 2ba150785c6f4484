/** What is typed on a machine that is to join. The command line and the page make join tokens; the hub never sees one. */

/** A join token: this, and 32 random bytes as base64url. */
export const joinTokenPrefix = 'mj1.';
/** Where the tunnel ends on the machine that joins. */
const tunnelPort = 9119;
/** Stands for what nobody here can know. */
const account = 'you@this-machine';

export interface JoinCommands {
  /** Where the other machine is elsewhere; it runs for as long as the node does. */
  readonly tunnel: string;
  /** In a clone of the same repository, through the tunnel. */
  readonly join: string;
  /** The same on this machine, where no tunnel is needed; undefined when it would be the same line. */
  readonly joinHere: string | undefined;
  /** The same without a tunnel, where this Musher lets nodes in by the network. */
  readonly joinByNetwork: string | undefined;
}

export interface JoinAt {
  /** Where this Musher answers on its own machine. */
  readonly port: number;
  /** Where it lets nodes in by TLS: `https://192.168.1.5:9443`. */
  readonly nodesAt?: string | undefined;
}

export function joinCommands(token: string, { port, nodesAt }: JoinAt): JoinCommands {
  const joinBy = (url: string) => `musher node --rendezvous ${url} --join ${token}`;
  const join = (at: number) => joinBy(`http://127.0.0.1:${at}`);
  return {
    tunnel: `ssh -N -L ${tunnelPort}:127.0.0.1:${port} ${account}`,
    join: join(tunnelPort),
    joinHere: port === tunnelPort ? undefined : join(port),
    joinByNetwork: nodesAt === undefined ? undefined : joinBy(nodesAt),
  };
}
