namespace Akka.Hosting;

/// <summary>Where added HOCON stands to what was added before it.</summary>
public enum HoconAddMode
{
    /// <summary>Behind: it counts where nothing before it says anything.</summary>
    Append,

    /// <summary>In front: it wins.</summary>
    Prepend,

    /// <summary>
    /// Documented as instead of everything before. In the official package it does what <see cref="Prepend"/> does, and
    /// so it does here: what an application reads must not change with the package.
    /// </summary>
    Replace,
}
