// HTTP/1.1 over kept connections by hand, a tenth of the cost of `node:http`: a client that shares two cores with the hub
// would else measure itself. It knows what the broker answers (a length, and JSON) and nothing more.
import net from 'node:net';
import type { Target } from '../load.ts';

const headEnd = Buffer.from('\r\n\r\n');

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** One request at a time. */
export class Connection {
  private readonly socket: net.Socket;
  private readonly host: string;
  private received: Buffer = Buffer.alloc(0);
  private waiting: Waiting | undefined;

  constructor(url: string) {
    const { hostname, port, host } = new URL(url);
    this.host = host;
    this.socket = net.connect({ host: hostname, port: Number(port), noDelay: true });
    this.socket.on('data', (part) => this.take(part));
    this.socket.on('error', (error) => this.settle()?.reject(error));
    this.socket.on('close', () => this.settle()?.reject(new Error('the connection was closed')));
  }

  /** Rejects when the answer is no 200, or the connection ends. */
  post(token: string, type: string, data: object): Promise<unknown> {
    const body = JSON.stringify(data);
    const head = `POST /v1/${type} HTTP/1.1\r\nHost: ${this.host}\r\nAuthorization: Bearer ${token}\r\n`;
    const rest = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject };
      this.socket.write(head + rest + body);
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private take(part: Buffer): void {
    this.received = this.received.length === 0 ? part : Buffer.concat([this.received, part]);
    const end = this.received.indexOf(headEnd);
    if (end === -1) return;
    const head = this.received.toString('latin1', 0, end);
    const size = Number(/content-length: (\d+)/i.exec(head)?.[1]);
    const from = end + headEnd.length;
    if (this.received.length < from + size) return;
    const text = this.received.toString('utf8', from, from + size);
    this.received = this.received.subarray(from + size);
    const asked = this.settle();
    if (head.startsWith('HTTP/1.1 200')) asked?.resolve(JSON.parse(text));
    else asked?.reject(new Error(text));
  }

  private settle(): Waiting | undefined {
    const { waiting } = this;
    this.waiting = undefined;
    return waiting;
  }
}

/** So many connections; who finds none free waits for the next. */
export class Pool {
  private readonly target: Target;
  private readonly all: Connection[];
  private readonly free: Connection[];
  private readonly queue: Array<(connection: Connection) => void> = [];

  constructor(target: Target, size: number) {
    this.target = target;
    this.all = Array.from({ length: size }, () => new Connection(target.url));
    this.free = [...this.all];
  }

  async post(type: string, data: object): Promise<unknown> {
    const connection =
      this.free.pop() ?? (await new Promise<Connection>((resolve) => this.queue.push(resolve)));
    const answer = await connection.post(this.target.token, type, data);
    const next = this.queue.shift();
    if (next === undefined) this.free.push(connection);
    else next(connection);
    return answer;
  }

  close(): void {
    for (const connection of this.all) connection.close();
  }
}

/** A stream of Server-Sent Events, of which only the newest text is kept. */
export class EventStream {
  private readonly socket: net.Socket;
  private tail = '';
  private wanted: { text: string; resolve: () => void } | undefined;
  /** When its head has come. */
  readonly opened: Promise<void>;

  constructor(url: string, token: string, path: string) {
    const { hostname, port, host } = new URL(url);
    this.socket = net.connect({ host: hostname, port: Number(port), noDelay: true });
    this.socket.on('error', (error) => {
      throw error;
    });
    this.socket.write(
      `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\n\r\n`,
    );
    this.opened = this.until('HTTP/1.1 200');
    this.socket.setEncoding('utf8').on('data', (part: string) => {
      this.tail = (this.tail + part).slice(-4_096);
      this.look();
    });
  }

  /** Resolves once this text has come, or is still among the newest. One wait at a time. */
  until(text: string): Promise<void> {
    return new Promise((resolve) => {
      this.wanted = { text, resolve };
      this.look();
    });
  }

  close(): void {
    this.socket.destroy();
  }

  private look(): void {
    const { wanted } = this;
    if (wanted === undefined || !this.tail.includes(wanted.text)) return;
    this.wanted = undefined;
    wanted.resolve();
  }
}
