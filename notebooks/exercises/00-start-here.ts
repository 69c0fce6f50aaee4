import { exercise } from "downhill";

export const double = exercise<(x: number) => number>({
  lesson: "00",
  name: "double",
  task: "Give back twice the number.",
  cases: [[1], [-3], [0.5], [0]],
  starter: () => 0,
  solution: (x) => 2 * x,
  mistakes: [
    {
      attempt: (x) => x ** 2,
      says: "That is the square. It agrees with the double at 0 only (and at 2).",
    },
    { attempt: (x) => x, says: "The number came back as it went in." },
    { attempt: (x) => x / 2, says: "That is half the number." },
    {
      attempt: (x) => Number(`${x}${x}`),
      says: "The number was written twice, like text. Use * to multiply.",
    },
  ],
  hints: [
    "Twice a number is the number plus itself.",
    "Multiplication is written with a star: *.",
    "return 2 * x;",
  ],
});
