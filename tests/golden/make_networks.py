"""What reference/torchvision/logits.json lacks, from torchvision 0.14 (Debian: apt-get install python3-torchvision, run with
/usr/bin/python3): VGG-16's logits at 250 pixels, and loss and gradients of a training step for every architecture.

Usage: make_networks.py > networks.json

Weights and pictures are the formulas of tests/models/network_test.cpp: sines for the logits, as in the reference, and
scattered numbers for the steps. A step is in float64 and without dropout.
"""
import json, math, sys
import torch, torchvision

torch.set_num_threads(2)
PRIME = 1000003


def sines(count, phase, step=0.1):
    return torch.sin(step * torch.arange(1, count + 1, dtype=torch.float64) + phase)


def scattered(count, phase):
    i = torch.arange(1, count + 1) + phase
    return (i * i % PRIME).double() * (2 / PRIME) - 1


def fill(model, gain, formula):
    for n, (name, tensor) in enumerate(model.state_dict().items()):
        if tensor.dtype != torch.float32:
            continue
        w = formula(tensor.numel(), n)
        if name.endswith("running_var"):
            w = 1 + 0.5 * w * w
        elif tensor.dim() > 1:
            w = w * math.sqrt(gain / tensor[0].numel())
        elif name.endswith("weight"):
            w = 1 + 0.1 * w
        else:
            w = 0.1 * w
        tensor.copy_(w.reshape(tensor.shape).float())
    return model


reference = {}
with torch.no_grad():
    pictures = sines(2 * 3 * 250 * 250, 0, 0.001).reshape(2, 3, 250, 250).float()
    reference["vgg16@250"] = fill(torchvision.models.vgg16(num_classes=4), 2, sines).eval()(pictures).double().tolist()
for name in ["resnet18", "resnet34", "resnet50", "resnet101", "resnet152", "vgg16"]:
    model = fill(getattr(torchvision.models, name)(num_classes=4), 6, scattered).train().double()
    for module in model.modules():
        if isinstance(module, torch.nn.Dropout):
            module.eval()
    pictures = scattered(2 * 3 * 64 * 64, 0).reshape(2, 3, 64, 64)
    targets = torch.tensor([[1.0, 0, 0, 1], [0, 1, 0, 0]], dtype=torch.float64)
    loss = torch.nn.functional.binary_cross_entropy_with_logits(model(pictures), targets)
    loss.backward()
    norms = {key: parameter.grad.norm().item() for key, parameter in model.named_parameters()}
    reference[name + "_train"] = {"loss": loss.item(), "grad_norm": norms}
    print(name, loss.item(), file=sys.stderr)
json.dump(reference, sys.stdout, indent=1)
