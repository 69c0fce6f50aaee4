/** Workload d for TensorFlow.js on its wasm backend: `node tfjs.mjs FOLDER` with the folder it is installed in. */
import { createRequire } from "node:module";

const require = createRequire(`${process.argv[2]}/`);
// By variables, since the packages are nobody's dependency and have no types here.
const [library, backend] = ["@tensorflow/tfjs", "@tensorflow/tfjs-backend-wasm"];
const tf = require(library);
require(backend);
await tf.setBackend("wasm");
await tf.ready();
tf.enableProdMode();

const layers = [784, 128, 10];
/** @type {any[]} */
const parameters = layers
  .slice(1)
  .flatMap((width, i) => [
    tf.variable(tf.randomNormal([layers[i], width], 0, Math.sqrt(1 / (layers[i] ?? 1)))),
    tf.variable(tf.zeros([width])),
  ]);
const x = tf.randomNormal([64, 784]);
const classes = Int32Array.from({ length: 64 }, (_, i) => (i * 7) % 10);
const target = tf.oneHot(tf.tensor1d(classes, "int32"), 10).toFloat();
const adam = tf.train.adam(1e-3);
const [w1, b1, w2, b2] = parameters;
const loss = () =>
  tf.losses.softmaxCrossEntropy(target, x.matMul(w1).add(b1).relu().matMul(w2).add(b2));

const run = () => {
  for (let step = 0; step < 10; step++) tf.tidy(() => adam.minimize(loss, true).dataSync());
};
for (let warm = 0; warm < 3; warm++) run();
const times = Array.from({ length: 9 }, () => {
  const start = performance.now();
  run();
  return performance.now() - start;
}).sort((a, b) => a - b);
console.log(JSON.stringify({ work: "d f32", by: `tfjs ${tf.version.tfjs}`, median: times[4] }));
