// Signs with the senders' own packages, delivers to the example, and then forges: node check.mjs http://127.0.0.1:3000

import assert from "node:assert/strict";
import { sign } from "@octokit/webhooks-methods";
import { Webhook } from "standardwebhooks";
import Stripe from "stripe";

const address = process.argv[2] ?? "http://127.0.0.1:3000";
const stripe = new Stripe("sk_test_nobody");
const now = () => Math.floor(Date.now() / 1000);
let events = 0;

// Each sender: its secrets as the example has them, and the headers of an event signed with a secret at a time.
const senders = [
  {
    name: "stripe",
    path: "/hooks/stripe",
    secrets: { current: "whsec_development", old: "whsec_retired", other: "whsec_other" },
    isTimed: true,
    required: ["stripe-signature"],
    signature: "stripe-signature",
    event: (id) => JSON.stringify({ id, object: "event", type: "invoice.paid", data: { object: { amount: 4200 } } }),
    headers: (payload, secret, timestamp) => ({
      "stripe-signature": stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp }),
    }),
  },
  {
    name: "@octokit/webhooks-methods",
    path: "/hooks/github",
    secrets: { current: "It's a Secret to Everybody", old: "retired", other: "it's a Secret to Everybody" },
    isTimed: false,
    required: ["x-hub-signature-256"],
    signature: "x-hub-signature-256",
    event: (id) => JSON.stringify({ zen: "Keep it logically awesome. ⚓", hook_id: id }),
    headers: async (payload, secret, _, id) => ({
      "x-github-event": "ping",
      "x-github-delivery": id,
      "x-hub-signature-256": await sign(secret, payload),
    }),
  },
  {
    name: "standardwebhooks",
    path: "/hooks/standard",
    secrets: { current: "whsec_ZGV2ZWxvcG1lbnQ=", old: "whsec_cmV0aXJlZA==", other: "whsec_b3RoZXI=" },
    isTimed: true,
    required: ["webhook-id", "webhook-timestamp", "webhook-signature"],
    signature: "webhook-signature",
    event: () => JSON.stringify({ type: "user.created", data: { name: "Ada" } }),
    headers: (payload, secret, timestamp, id) => ({
      "webhook-id": id,
      "webhook-timestamp": String(timestamp),
      "webhook-signature": new Webhook(secret).sign(id, new Date(timestamp * 1000), payload),
    }),
  },
];

for (const sender of senders) {
  const accepted = await acceptsWhatIsGenuine(sender);
  const refused = await refusesWhatIsForged(sender);
  console.log(`${sender.name}: ${accepted} genuine deliveries accepted, ${refused} forged ones refused`);
}

async function acceptsWhatIsGenuine(sender) {
  const { current, old } = sender.secrets;
  const deliveries = [await signed(sender, current), await signed(sender, old)];
  if (sender.isTimed) {
    deliveries.push(await signed(sender, current, now() - 290), await signed(sender, current, now() + 290));
  }
  // A large one, with letters of every length.
  const large = await signed(sender, current, now(), "aé€⚓𐍈".repeat(20_000));
  for (const delivery of [...deliveries, large]) {
    const first = await deliver(sender, delivery);
    assert.ok(first.status < 300, `${sender.name}: ${first.status} ${first.text}`);
    assert.ok(!first.text.includes("repeated"), `${sender.name}: ${first.text}`);
    const again = await deliver(sender, delivery);
    assert.equal(again.status, 200);
    assert.deepEqual(JSON.parse(again.text), { received: true, repeated: true });
  }
  return deliveries.length + 1;
}

async function refusesWhatIsForged(sender) {
  const { current, other } = sender.secrets;
  const delivery = await signed(sender, current);
  const forged = [];
  const forge = (what, change, why = "no signature matches") => forged.push({ what, why, ...delivery, ...change });
  const withHeader = (name, value) => ({ headers: { ...delivery.headers, [name]: value } });
  const signature = delivery.headers[sender.signature];

  const body = new TextEncoder().encode(delivery.body);
  for (let at = 0; at < body.length; at++) {
    forge(`byte ${at} of the body changed`, { body: body.map((byte, place) => (place === at ? byte ^ 1 : byte)) });
  }
  forge("a byte of the body missing", { body: body.slice(1) });
  forge("a byte of the body added", { body: `${delivery.body} ` });
  forge("no body", { body: "" });

  // Behind what names its scheme: `v1=`, `sha256=`, `v1,`.
  const digits = Math.max(signature.lastIndexOf("v1=") + 3, signature.indexOf("v1,") + 3, signature.indexOf("256=") + 4);
  for (let at = digits; at < signature.length; at++) {
    const letter = signature[at] === "1" ? "2" : "1";
    forge(`letter ${at} of the signature changed`, withHeader(sender.signature, signature.slice(0, at) + letter + signature.slice(at + 1)));
    forge(`the signature cut at ${at}`, withHeader(sender.signature, signature.slice(0, at)));
  }
  for (const name of sender.required) {
    const { [name]: _, ...headers } = delivery.headers;
    forge(`without ${name}`, { headers }, `the header \`${name}\` is missing`);
  }
  forge("another secret", await signed(sender, other));
  if (sender.isTimed) {
    const late = "more than 300 s away";
    forge("an old time", await signed(sender, current, now() - 310), late);
    forge("a time to come", await signed(sender, current, now() + 320), late);
    forge("an old time and another secret", await signed(sender, other, now() - 310));
  }

  for (const { what, why, ...delivery } of forged) {
    const answer = await deliver(sender, delivery);
    assert.equal(answer.status, 400, `${sender.name}, ${what}: ${answer.status} ${answer.text}`);
    assert.equal(answer.type, "application/problem+json");
    assert.ok(JSON.parse(answer.text).detail.includes(why), `${sender.name}, ${what}: ${answer.text}`);
  }
  // None of them has used the event up.
  const answer = await deliver(sender, delivery);
  assert.ok(answer.status < 300 && !answer.text.includes("repeated"), `${sender.name}: ${answer.text}`);
  return forged.length;
}

/** A new event, as its sender would send it. */
async function signed(sender, secret, timestamp = now(), more) {
  const id = `evt_${++events}`;
  let body = sender.event(id);
  if (more) body = JSON.stringify({ ...JSON.parse(body), more });
  return { body, headers: await sender.headers(body, secret, timestamp, id) };
}

async function deliver(sender, { body, headers }) {
  const request = { method: "POST", body, headers: { "content-type": "application/json", ...headers } };
  const response = await fetch(address + sender.path, request);
  return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
}
