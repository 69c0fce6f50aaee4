"""The workloads of test/bench for PyTorch: torch_bench.py WORK, one line of JSON for each figure."""

import json
import math
import os
import sys
import time

os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
import torch

torch.set_num_threads(1)
F = torch.nn.functional
kinds = {"f64": torch.float64, "f32": torch.float32}
chance = np.random.RandomState(0)


def measure(work, run, warm=3, runs=9):
    for _ in range(warm):
        run()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        run()
        times.append((time.perf_counter() - start) * 1e3)
    median = sorted(times)[runs // 2]
    print(json.dumps({"work": work, "by": f"torch {torch.__version__}", "median": median}), flush=True)


def network(sizes, dtype):
    parameters = []
    for before, width in zip(sizes, sizes[1:]):
        parameters.append(torch.tensor(chance.randn(before, width) / math.sqrt(before), dtype=dtype))
        parameters.append(torch.zeros(width, dtype=dtype))
    return [parameter.requires_grad_() for parameter in parameters]


def logits(p, x):
    h = torch.tanh(torch.addmm(p[1], x, p[0]))
    h = torch.tanh(torch.addmm(p[3], h, p[2]))
    return torch.addmm(p[5], h, p[4])


def net_loss(p, x, t):
    return F.binary_cross_entropy_with_logits(logits(p, x), t)


def moons(dtype, count=1000):
    i = np.arange(count)
    c = i & 1
    t = np.pi * chance.rand(count)
    x = np.where(c, 1 - np.cos(t), np.cos(t))
    y = np.where(c, 0.5 - np.sin(t), np.sin(t))
    points = np.stack([x, y], 1) + 0.1 * chance.randn(count, 2)
    return torch.tensor(points, dtype=dtype), torch.tensor(c.astype(float), dtype=dtype)[:, None]


def work_a():
    x = torch.tensor([1.0, 2.0, 3.0, 4.0], dtype=torch.float64)
    y = 2 * x

    def run():
        w = torch.zeros((), dtype=torch.float64, requires_grad=True)
        b = torch.zeros((), dtype=torch.float64, requires_grad=True)
        optimizer = torch.optim.SGD([w, b], lr=0.01)
        for _ in range(1000):
            optimizer.zero_grad(set_to_none=True)
            F.mse_loss(w * x + b, y).backward()
            optimizer.step()

    measure("a eager", run, 1, 5)


def work_b():
    for name, dtype in kinds.items():
        x = torch.tensor(chance.randn(10000, 20), dtype=dtype)
        p = 1 / (1 + np.exp(-(x.numpy() @ chance.randn(20))))
        y = torch.tensor((chance.rand(10000) < p).astype(float), dtype=dtype)

        def run():
            w = torch.zeros(20, dtype=dtype, requires_grad=True)
            b = torch.zeros((), dtype=dtype, requires_grad=True)
            optimizer = torch.optim.Adam([w, b], lr=0.01)
            for _ in range(100):
                optimizer.zero_grad(set_to_none=True)
                F.binary_cross_entropy_with_logits(x @ w + b, y).backward()
                optimizer.step()

        measure(f"b {name}", run, 2, 7)


def work_c():
    for name, dtype in kinds.items():
        points, labels = moons(dtype)

        def run(**options):
            p = network([2, 64, 64, 1], dtype)
            optimizer = torch.optim.Adam(p, lr=1e-3, **options)
            for _ in range(20):
                order = torch.randperm(1000)
                for start in range(0, 992, 32):
                    batch = order[start : start + 32]
                    optimizer.zero_grad(set_to_none=True)
                    loss = net_loss(p, points[batch], labels[batch])
                    loss.backward()
                    optimizer.step()
                    loss.item()

        # Whichever of torch's two Adams is faster here is the one to beat.
        measure(f"c {name}", run, 1, 5)
        measure(f"c {name}", lambda: run(foreach=True), 1, 5)


def work_d():
    for name, dtype in kinds.items():
        p = network([784, 128, 10], dtype)
        x = torch.tensor(chance.randn(64, 784), dtype=dtype)
        y = torch.arange(64) * 7 % 10
        optimizer = torch.optim.Adam(p, lr=1e-3)

        def run():
            for _ in range(10):
                optimizer.zero_grad(set_to_none=True)
                h = torch.relu(torch.addmm(p[1], x, p[0]))
                loss = F.cross_entropy(torch.addmm(p[3], h, p[2]), y)
                loss.backward()
                optimizer.step()
                loss.item()

        measure(f"d {name}", run, 3, 15)


def small_network(dtype=torch.float64):
    points, labels = moons(dtype)
    return network([2, 20, 20, 1], dtype), points[:32], labels[:32]


def work_e():
    p, x, t = small_network()
    measure("e", lambda: torch.autograd.gradcheck(lambda *p: net_loss(p, x, t), p), 1, 7)


def work_f():
    x = torch.tensor(chance.randn(1000, 20), dtype=torch.float64)
    y = torch.tensor(chance.randint(0, 2, 1000), dtype=torch.float64)
    w = torch.tensor(chance.randn(20) * 0.3, dtype=torch.float64)
    loss = lambda w: F.binary_cross_entropy_with_logits(x @ w, y)
    hessian = torch.autograd.functional.hessian
    measure("f hessian", lambda: hessian(loss, w), 5, 21)
    measure("f hessian", lambda: hessian(loss, w, vectorize=True), 5, 21)
    p, x, t = small_network()
    p = tuple(each.detach() for each in p)
    u = tuple(torch.randn_like(each) for each in p)
    measure("f hvp", lambda: torch.autograd.functional.hvp(lambda *p: net_loss(p, x, t), p, u), 10, 51)
    q = [each.clone().requires_grad_() for each in p]

    def by_hand():
        g = torch.autograd.grad(net_loss(q, x, t), q, create_graph=True)
        return torch.autograd.grad(sum((a * b).sum() for a, b in zip(g, u)), q)

    measure("f hvp", by_hand, 10, 51)


def work_g():
    count = 10**6
    for name, dtype in kinds.items():
        p = torch.tensor(chance.randn(count) * 2, dtype=dtype, requires_grad=True)
        y = torch.tensor(chance.randn(count), dtype=dtype)
        labels = (torch.arange(count) & 1).to(dtype)

        def run(loss, target):
            p.grad = None
            loss(p, target).backward()

        measure(f"g huber {name}", lambda: run(F.huber_loss, y), 5, 15)
        bce = F.binary_cross_entropy_with_logits
        measure(f"g bce {name}", lambda: run(bce, labels), 5, 15)


for letter in sys.argv[1]:
    globals()[f"work_{letter}"]()
