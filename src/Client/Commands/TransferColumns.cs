using ActorNet.Client.Terminal;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ActorNet.Client.Commands;

/// <summary>How much of a transfer is done, in the units of every other line; the library's own column calls GiB GB.</summary>
internal sealed class DoneColumn : ProgressColumn
{
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text($"{Sizes.Of((long)task.Value)} of {Sizes.Of((long)task.MaxValue)}");
}

/// <summary>How fast a transfer is, in the same units.</summary>
internal sealed class RateColumn : ProgressColumn
{
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(task.Speed is { } speed ? $"{Sizes.Of((long)speed)}/s" : "");
}
