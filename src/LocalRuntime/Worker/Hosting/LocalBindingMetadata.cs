using Microsoft.Azure.Functions.Worker;

namespace ProspectOps.LocalRuntime.Worker.Hosting;

internal sealed class LocalBindingMetadata(string name, string type, BindingDirection direction) : BindingMetadata
{
    public override string Name => name;

    public override string Type => type;

    public override BindingDirection Direction => direction;
}
