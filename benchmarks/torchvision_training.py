#!/usr/bin/env python3
"""Fine-tuning a binary network as people do it with torchvision: a DataLoader reads PNG files, Adam, binary cross-entropy.

Usage: torchvision_training.py FOLDER ARCHITECTURE [--threads N] [--workers N] [--pictures N] [--batch N] [--epochs N] [--inference]
Makes the pictures in FOLDER where they are missing (noise of 250 x 250 pixels in colours, half of them positive), trains one epoch to warm
up, and prints the images a second of each of the others, a line an epoch. With --inference: of batches that are in memory, in eval mode. Debian: apt-get install python3-torchvision, run with /usr/bin/python3.
"""
import argparse
import os
import pathlib
import time

import numpy
import torch
import torchvision
from PIL import Image
from torchvision import transforms

MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # ImageNet's


def make_pictures(folder, count):
    folder.mkdir(parents=True, exist_ok=True)
    random = numpy.random.default_rng(1)
    for i in range(count):
        path = folder / f"{i:05}.png"
        if not path.exists():
            Image.fromarray(random.integers(0, 256, (250, 250, 3), dtype=numpy.uint8)).save(path)


class Pictures(torch.utils.data.Dataset):
    def __init__(self, folder, count):
        self.paths = [folder / f"{i:05}.png" for i in range(count)]
        self.transform = transforms.Compose(
            [transforms.Resize((224, 224)), transforms.ToTensor(), transforms.Normalize(MEAN, DEVIATION)]
        )

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, i):
        return self.transform(Image.open(self.paths[i]).convert("RGB")), torch.tensor([float(i % 2)])


def train(network, arguments):
    loader = torch.utils.data.DataLoader(
        Pictures(arguments.folder, arguments.pictures),
        batch_size=arguments.batch,
        shuffle=True,
        num_workers=arguments.workers,
        persistent_workers=arguments.workers > 0,
    )
    optimiser = torch.optim.Adam(network.parameters(), lr=1e-3)
    loss_of = torch.nn.BCEWithLogitsLoss()
    network.train()
    for epoch in range(1 + arguments.epochs):
        start = time.perf_counter()
        for pictures, targets in loader:
            optimiser.zero_grad()
            loss = loss_of(network(pictures), targets)
            loss.backward()
            optimiser.step()
            loss.item()
        if epoch > 0:
            print(arguments.pictures / (time.perf_counter() - start), flush=True)


def infer(network, arguments):
    network.eval()
    batch = torch.rand(arguments.batch, 3, 224, 224)
    batches = max(1, arguments.pictures // arguments.batch)
    with torch.no_grad():
        for epoch in range(1 + arguments.epochs):
            start = time.perf_counter()
            for _ in range(batches):
                network(batch)
            if epoch > 0:
                print(batches * arguments.batch / (time.perf_counter() - start), flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("architecture")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--workers", type=int, default=0, help="processes of the DataLoader")
    parser.add_argument("--pictures", type=int, default=64)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--inference", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    network = getattr(torchvision.models, arguments.architecture)(weights=None)
    network.fc = torch.nn.Linear(network.fc.in_features, 1)
    if arguments.inference:
        infer(network, arguments)
    else:
        make_pictures(arguments.folder, arguments.pictures)
        train(network, arguments)


if __name__ == "__main__":
    main()
