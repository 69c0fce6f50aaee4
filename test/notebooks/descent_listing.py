"""The gradient descent listing as it is usually written with numpy; lesson 02 prints the same digits."""

import numpy as np

x = np.array([1.0, 2.0, 3.0, 4.0])
y = np.array([2.0, 4.0, 6.0, 8.0])
w, b = 0.0, 0.0

for epoch in range(1000):
    residuals = w * x + b - y
    loss = np.mean(residuals**2)
    if epoch % 100 == 0:
        print(f"Epoch {epoch}: loss = {loss:.4f}")
    w -= 0.01 * 2 * np.mean(residuals * x)
    b -= 0.01 * 2 * np.mean(residuals)
print(f"w = {w:.4f}, b = {b:.4f}")
