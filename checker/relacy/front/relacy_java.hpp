// Relacy's API for Java is not modelled.
#pragma once

#error "heddle has no relacy_java.hpp: Relacy's API for Java is not modelled"
