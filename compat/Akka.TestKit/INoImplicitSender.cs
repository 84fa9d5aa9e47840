namespace Akka.TestKit;

/// <summary>Marks a TestKit whose test actor is not the sender of what the test tells without naming one.</summary>
#pragma warning disable CA1040 // the official API has this marker
public interface INoImplicitSender;
#pragma warning restore CA1040
