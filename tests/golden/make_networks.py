"""What reference/torchvision/logits.json lacks, from torchvision 0.14 (Debian: apt-get install python3-torchvision, run with
/usr/bin/python3): VGG-16's logits at 250 pixels, and loss and gradients of a training step for every architecture.

Usage: make_networks.py > networks.json

Weights and pictures are the formulas of fill_by_formula and formula_pictures in tests/models/network_test.cpp. A step is
in float64, and without dropout: at 64 pixels, batch norms of two pictures magnify rounding so much that float32 gradients
of resnet34 and deeper have no digit in common with themselves in float64.
"""
import json, math, sys
import torch, torchvision

torch.set_num_threads(2)


def fill(model):
    for n, (name, tensor) in enumerate(model.state_dict().items()):
        if tensor.dtype != torch.float32:
            continue
        w = torch.sin(0.1 * torch.arange(1, tensor.numel() + 1, dtype=torch.float64) + n)
        if name.endswith("running_var"):
            w = 1 + 0.5 * w * w
        elif tensor.dim() > 1:
            w = w * math.sqrt(2.0 / tensor[0].numel())
        elif name.endswith("weight"):
            w = 1 + 0.1 * w
        else:
            w = 0.1 * w
        tensor.copy_(w.reshape(tensor.shape).float())
    return model


def pictures(size):
    return torch.sin(0.001 * torch.arange(1, 2 * 3 * size * size + 1, dtype=torch.float64)).reshape(2, 3, size, size).float()


reference = {}
with torch.no_grad():
    reference["vgg16@250"] = fill(torchvision.models.vgg16(num_classes=4)).eval()(pictures(250)).double().tolist()
for name in ["resnet18", "resnet34", "resnet50", "resnet101", "resnet152", "vgg16"]:
    model = fill(getattr(torchvision.models, name)(num_classes=4)).train().double()
    for module in model.modules():
        if isinstance(module, torch.nn.Dropout):
            module.eval()
    targets = torch.tensor([[1.0, 0, 0, 1], [0, 1, 0, 0]], dtype=torch.float64)
    loss = torch.nn.functional.binary_cross_entropy_with_logits(model(pictures(64).double()), targets)
    loss.backward()
    norms = {key: parameter.grad.norm().item() for key, parameter in model.named_parameters()}
    reference[name + "_train"] = {"loss": loss.item(), "grad_norm": norms}
    print(name, loss.item(), file=sys.stderr)
json.dump(reference, sys.stdout, indent=1)
